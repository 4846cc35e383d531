// Endpoints in the order of a column, by radix sort: no text is compared, and no row is an object.

import type { EndpointBlock } from '../blocks.ts';
import { type Order, SORT_COLUMNS, type SortColumn } from '../filter.ts';
import type { ProcessTexts } from '../process-texts.ts';
import { ownerKeys } from './owner-keys.ts';
import { RadixSort } from './radix-sort.ts';
import { type Key, NUMBER_KEYS, type RowsOfBlock, rowsOfBlock } from './sort-keys.ts';

/**
 * The same numbers in order. `numbers` are ascending. Where endpoints are equal in the column, the other columns decide,
 * in the order of SORT_COLUMNS and ascending, then the number.
 */
export function inOrder(
  numbers: Uint32Array<ArrayBuffer>,
  order: Order,
  blocks: readonly EndpointBlock[],
  texts: ProcessTexts,
): Uint32Array<ArrayBuffer> {
  const rows = rowsByBlock(numbers, blocks);
  const { process, services } = ownerKeys(rows, texts);
  const keys: Record<SortColumn, readonly Key[]> = { ...NUMBER_KEYS, process: [process], services: [services] };
  const sort = new RadixSort(numbers);
  // What decides least comes first: a later pass leaves those that are equal in it as they are.
  const others = SORT_COLUMNS.filter((column) => column !== order.column);
  for (const column of others.toReversed()) sortBy(sort, keys[column], rows, false);
  sortBy(sort, keys[order.column], rows, order.descending);
  return sort.sorted();
}

function rowsByBlock(numbers: Uint32Array, blocks: readonly EndpointBlock[]): readonly RowsOfBlock[] {
  let from = 0;
  return blocks.map((block) => {
    const start = from;
    while (from < numbers.length && (numbers[from] as number) < block.first + block.length) from++;
    return rowsOfBlock(block, numbers.subarray(start, from));
  });
}

function sortBy(sort: RadixSort, keys: readonly Key[], blocks: readonly RowsOfBlock[], descending: boolean): void {
  for (const key of keys.toReversed()) {
    let start = 0;
    for (const rowsOfBlock of blocks) {
      const end = start + rowsOfBlock.rows.length;
      key(rowsOfBlock, sort.keys.subarray(start, end));
      start = end;
    }
    sort.pass(descending);
  }
}
