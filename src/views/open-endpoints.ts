// The loop over the endpoints that are there: what has just closed is shown, but counted nowhere.

import { blockAt, type EndpointBlock, isClosed, rowAt } from './blocks.ts';

/** Calls back for each of `numbers` but those that are closed, in their order; without numbers for all, block after block. */
export function forEachOpen(
  blocks: readonly EndpointBlock[],
  numbers: Uint32Array | undefined,
  visit: (block: EndpointBlock, row: number) => void,
): void {
  if (numbers === undefined) {
    for (const block of blocks) {
      for (let position = 0; position < block.length; position++) visitOpen(block, position, visit);
    }
    return;
  }
  let block: EndpointBlock | undefined;
  for (const number of numbers) {
    // Most are in the block of the one before.
    if (block === undefined || number < block.first || number >= block.first + block.length) {
      block = blockAt(blocks, number);
    }
    visitOpen(block, number - block.first, visit);
  }
}

function visitOpen(block: EndpointBlock, position: number, visit: (block: EndpointBlock, row: number) => void): void {
  if (!isClosed(block, position)) visit(block, rowAt(block, position));
}
