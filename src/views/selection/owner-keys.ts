// What endpoints are ordered by that is text: the names of their owners, compared once for each process.

import { NONE, UNKNOWN } from '../../metrics/groups/groups.ts';
import type { ProcessText, ProcessTexts } from '../process-texts.ts';
import { byOwner } from './by-owner.ts';
import type { Key, RowsOfBlock } from './sort-keys.ts';

/** Keys by the texts of these rows' owners, whatever their case. `_none`, `_unknown` and no services come last. */
export function ownerKeys(
  blocks: readonly RowsOfBlock[],
  texts: ProcessTexts,
): Readonly<Record<'process' | 'services', Key>> {
  const owners: ProcessText[] = [];
  const numberOf = byOwner(texts, (_pid, text) => owners.push(text) - 1);
  const ownersOfRows = new Map(
    blocks.map((rowsOfBlock) => {
      const { block, rows } = rowsOfBlock;
      const { pid } = block.table;
      const ownerOf = numberOf(block.processes);
      return [rowsOfBlock, rows.map((row) => ownerOf(pid[row] as number))];
    }),
  );
  const keyOf = (ranks: Uint32Array): Key => {
    return (rows, keys) => {
      const ownerOf = ownersOfRows.get(rows) ?? new Uint32Array();
      for (let row = 0; row < ownerOf.length; row++) keys[row] = ranks[ownerOf[row] as number] as number;
    };
  };
  const names = owners.map(({ name }) => name);
  const services = owners.map((owner) => owner.services.join());
  return { process: keyOf(ranksOf(names, [NONE, UNKNOWN])), services: keyOf(ranksOf(services, [''])) };
}

/** The rank of each text, by UTF-16 code units, so that it is the same on every host; those of `last` come last. */
function ranksOf(texts: readonly string[], last: readonly string[]): Uint32Array {
  const folded = texts.map((text) => text.toLowerCase());
  const others = [...new Set(folded)].filter((text) => !last.includes(text)).sort();
  const ranks = new Map([...others, ...last].map((text, rank) => [text, rank]));
  return Uint32Array.from(folded, (text) => ranks.get(text) ?? 0);
}
