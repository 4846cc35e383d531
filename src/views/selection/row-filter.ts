// A filter as tests of rows: numbers and what is known of a process, no text where it can be helped.

import { PORTS } from '../../metrics/counting/port-counts.ts';
import { TCP_STATE_CODE, TCP_STATES } from '../../model/states.ts';
import type { EndpointBlock } from '../blocks.ts';
import type { Filter } from '../filter.ts';
import type { ProcessTexts } from '../process-texts.ts';
import { byOwner } from './by-owner.ts';
import { ownerTest } from './owner-filter.ts';
import { remoteTest } from './remote-match.ts';
import { searchTest } from './search.ts';

/** Tells whether a row of the table fits. */
export type RowTest = (row: number) => boolean;
/** Gives the test for the rows of a block. */
type BlockTest = (block: EndpointBlock) => RowTest;

const ANY_ROW: RowTest = () => true;
const NO_ROW: RowTest = () => false;

/** The test of the whole filter; what is quickly told comes first. */
export function rowFilter(filter: Filter, texts: ProcessTexts): BlockTest {
  const tests = [
    protocolTest(filter),
    stateTest(filter),
    portTest(filter),
    remoteEndTest(filter),
    ownersTest(filter, texts),
    filter.search === undefined ? undefined : searchTest(filter.search, texts),
  ].filter((test) => test !== undefined);
  return (block) => allOf(tests.map((test) => test(block)));
}

function allOf(tests: readonly RowTest[]): RowTest {
  const [first = ANY_ROW, ...others] = tests.filter((test) => test !== ANY_ROW);
  return others.length === 0 ? first : (row) => first(row) && others.every((test) => test(row));
}

function protocolTest({ protocols }: Filter): BlockTest | undefined {
  return protocols && (({ protocol }) => (protocols.includes(protocol) ? ANY_ROW : NO_ROW));
}

function stateTest({ states }: Filter): BlockTest | undefined {
  if (states === undefined) return undefined;
  const isAsked = new Uint8Array(TCP_STATES.length);
  for (const state of states) isAsked[TCP_STATE_CODE[state]] = 1;
  return (block) => {
    if (block.protocol === 'udp') return NO_ROW;
    const { state } = block.table;
    return (row) => isAsked[state[row] as number] === 1;
  };
}

function portTest({ ports }: Filter): BlockTest | undefined {
  if (ports === undefined) return undefined;
  const isAsked = new Uint8Array(PORTS);
  for (const { first, last } of ports) isAsked.fill(1, first, last + 1);
  return ({ table: { localPort } }) =>
    (row) =>
      isAsked[localPort[row] as number] === 1;
}

function remoteEndTest({ remotes }: Filter): BlockTest | undefined {
  return remotes && ((block) => (block.protocol === 'tcp' ? remoteTest(block.table, remotes) : NO_ROW));
}

function ownersTest(filter: Filter, texts: ProcessTexts): BlockTest | undefined {
  const test = ownerTest(filter);
  if (test === undefined) return undefined;
  const isMeant = byOwner(texts, test);
  return ({ processes, table: { pid } }) => {
    const isOwnerMeant = isMeant(processes);
    return (row) => isOwnerMeant(pid[row] as number);
  };
}
