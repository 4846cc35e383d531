// Which endpoints fit a filter, and in which order.

import { type EndpointBlock, endpointCount, rowAt } from '../blocks.ts';
import type { Filter, Order } from '../filter.ts';
import type { ProcessTexts } from '../process-texts.ts';
import { inOrder } from './order.ts';
import { rowFilter } from './row-filter.ts';

/** Numbers of the endpoints that fit, in order; without an order, as the tables have them. */
export function select(
  blocks: readonly EndpointBlock[],
  filter: Filter,
  order: Order | undefined,
  texts: ProcessTexts,
): Uint32Array<ArrayBuffer> {
  const numbers = new Uint32Array(endpointCount(blocks));
  const testOf = rowFilter(filter, texts);
  let length = 0;
  for (const block of blocks) {
    const fits = testOf(block);
    for (let position = 0; position < block.length; position++) {
      if (fits(rowAt(block, position))) numbers[length++] = block.first + position;
    }
  }
  const selection = numbers.slice(0, length);
  return order === undefined ? selection : inOrder(selection, order, blocks, texts);
}
