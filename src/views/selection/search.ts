// Endpoints in which words are found, somewhere in what is shown of them.

import type { TcpTable } from '../../model/sockets.ts';
import { TCP_STATES } from '../../model/states.ts';
import type { EndpointBlock } from '../blocks.ts';
import { formatEnd, hasRemoteEnd, remoteAddressOf } from '../ends.ts';
import type { ProcessTexts } from '../process-texts.ts';
import { byOwner } from './by-owner.ts';
import { LocalAddresses } from './local-addresses.ts';
import { ownerId } from './owner-id.ts';

/** A bit for each. */
export const MAX_SEARCH_WORDS = 16;

/** What a word of addresses and ports is made of. Only these are looked for in the text of ends, which costs most. */
const END_CHARACTERS = /^[\da-f:.%[\]]+$/;

/** A set of words, by their positions. */
type Words = number;

/** What stands between blanks, in lower case. */
export function searchWords(search: string): readonly string[] {
  return search.toLowerCase().split(/\s+/u).filter(Boolean);
}

/**
 * A test for the rows of a block: each word is found in the protocol, an end (`192.0.2.1:443`, `[2001:db8::1]:443`),
 * the state, the process id, or the name of the process or of a service. Texts are made for the rows alone for which
 * numbers do not decide. Throws RangeError for more than MAX_SEARCH_WORDS.
 */
export function searchTest(search: string, texts: ProcessTexts): (block: EndpointBlock) => (row: number) => boolean {
  const words = searchWords(search);
  if (words.length > MAX_SEARCH_WORDS) throw new RangeError(`${words.length} words; at most ${MAX_SEARCH_WORDS}`);
  const all = setOf(words, () => true);
  const found = (text: string): Words => setOf(words, (word) => text.includes(word));
  const maybeInEnds = setOf(words, (word) => END_CHARACTERS.test(word));
  const inStates = Uint32Array.from(TCP_STATES, found);
  const inOwners = byOwner(texts, (pid, { name, services }) =>
    [String(ownerId(pid) ?? ''), name, ...services].reduce((set, text) => set | found(text.toLowerCase()), 0),
  );
  return (block) => {
    const { table, protocol } = block;
    const inOwner = inOwners(block.processes);
    const inProtocol = found(protocol);
    const localAddresses = new LocalAddresses();
    return (row) => {
      let set = inProtocol | inOwner(table.pid[row] as number);
      if (block.protocol === 'tcp') set |= inStates[block.table.state[row] as number] as Words;
      if ((set | maybeInEnds) !== all) return false;
      if (set !== all) set |= found(formatEnd(localAddresses.of(table, row), table.localPort[row] as number));
      if (set !== all && block.protocol === 'tcp') set |= foundInRemoteEnd(block.table, row, found);
      return set === all;
    };
  };
}

function foundInRemoteEnd(table: TcpTable, row: number, found: (text: string) => Words): Words {
  if (!hasRemoteEnd(table, row)) return 0;
  return found(formatEnd(remoteAddressOf(table, row), table.remotePort[row] as number));
}

function setOf(words: readonly string[], isIn: (word: string) => boolean): Words {
  return words.reduce((set, word, index) => (isIn(word) ? set | (1 << index) : set), 0);
}
