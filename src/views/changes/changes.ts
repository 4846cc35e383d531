// What has happened to endpoints between two collections: which are new, which have changed, which are closed.

import type { Snapshot } from '../../model/snapshot.ts';
import { UNKNOWN_PID } from '../../model/sockets.ts';
import { TCP_STATE_CODE } from '../../model/states.ts';
import { blocksOf, CHANGE_CODE, type EndpointBlock, endpointCount } from '../blocks.ts';
import { NO_ROW, pairRows, type RowPairs } from './row-pairs.ts';

/**
 * The blocks of `now`, with their changes, and behind them blocks of what was there in `before` and is no more. Endpoints
 * between the same ends are the same one, unless the OS has another id for the socket: then the one is closed and the
 * other new. An endpoint has changed where its state or its owner has; that an owner could not be found is no change.
 *
 * Of what one of the snapshots cannot tell nothing is said: a table that is missing in one of them has no changes and
 * nothing that closed, nor have the `bound` endpoints where only one has them.
 *
 * The blocks look into the tables of both snapshots, whose memory may not be used again as long as they are.
 */
export function withChanges(now: Snapshot, before: Snapshot): readonly EndpointBlock[] {
  const hasBoundTwice = now.hasBound && before.hasBound;
  const earlierBlocks = blocksOf(before);
  const blocks: EndpointBlock[] = [];
  const closedBlocks: EndpointBlock[] = [];
  for (const block of blocksOf(now)) {
    const earlier = earlierBlocks.find((candidate) => isSameTable(candidate, block));
    if (earlier === undefined) {
      blocks.push(block);
      continue;
    }
    const pairs = pairRows(block.table, earlier.table);
    blocks.push({ ...block, changes: changesOf(block, earlier, pairs, hasBoundTwice) });
    closedBlocks.push(closedBlock(earlier, pairs, hasBoundTwice));
  }
  let first = endpointCount(blocks);
  for (const block of closedBlocks) {
    if (block.length === 0) continue;
    blocks.push({ ...block, first });
    first += block.length;
  }
  return blocks;
}

function isSameTable(one: EndpointBlock, other: EndpointBlock): boolean {
  return one.protocol === other.protocol && one.table.family === other.table.family;
}

function changesOf(
  now: EndpointBlock,
  before: EndpointBlock,
  { earlierRows }: RowPairs,
  hasBoundTwice: boolean,
): Uint8Array<ArrayBuffer> {
  const changes = new Uint8Array(now.length);
  for (let row = 0; row < now.length; row++) {
    const earlierRow = earlierRows[row] as number;
    if (earlierRow === NO_ROW) {
      if (hasBoundTwice || !isBound(now, row)) changes[row] = CHANGE_CODE.new;
    } else if (hasChanged(now, row, before, earlierRow)) {
      changes[row] = CHANGE_CODE.changed;
    }
  }
  return changes;
}

function closedBlock(before: EndpointBlock, { isPaired }: RowPairs, hasBoundTwice: boolean): EndpointBlock {
  const rows = new Uint32Array(before.length);
  let length = 0;
  for (let row = 0; row < before.length; row++) {
    if (isPaired[row] === 0 && (hasBoundTwice || !isBound(before, row))) rows[length++] = row;
  }
  return { ...before, length, rows: rows.slice(0, length), changes: new Uint8Array(length).fill(CHANGE_CODE.closed) };
}

function isBound(block: EndpointBlock, row: number): boolean {
  return block.protocol === 'tcp' && block.table.state[row] === TCP_STATE_CODE.bound;
}

function hasChanged(now: EndpointBlock, row: number, before: EndpointBlock, earlierRow: number): boolean {
  const [pid, earlierPid] = [now.table.pid[row], before.table.pid[earlierRow]];
  if (pid !== earlierPid && pid !== UNKNOWN_PID && earlierPid !== UNKNOWN_PID) return true;
  return now.protocol === 'tcp' && before.protocol === 'tcp' && now.table.state[row] !== before.table.state[earlierRow];
}
