// The endpoints of a collection as blocks of rows, so that loops over them need not know where they come from.

import type { Snapshot } from '../model/snapshot.ts';
import type { TcpTable, UdpTable } from '../model/sockets.ts';
import type { Change } from './endpoint.ts';

interface Block {
  /** The number of its first endpoint: the endpoints of all blocks are numbered one after another. */
  readonly first: number;
  readonly length: number;
  /** The rows of the table that are meant, in order; absent: row i is endpoint `first + i`. */
  readonly rows?: Uint32Array<ArrayBuffer>;
  /** By position in the block, what happened since the collection before; absent: unknown. */
  readonly changes?: Uint8Array<ArrayBuffer>;
  /** The processes of the snapshot that the table is from. */
  readonly processes: Snapshot['processes'];
}

export type EndpointBlock = Block &
  ({ readonly protocol: 'tcp'; readonly table: TcpTable } | { readonly protocol: 'udp'; readonly table: UdpTable });

/** What a block's `changes` holds: 0 for none, else the index in CHANGES plus one. */
export const CHANGE_CODE = { new: 1, changed: 2, closed: 3 } as const satisfies Record<Change, number>;

/** The tables of a snapshot, whole. What was not read has no block. */
export function blocksOf({ tables: { tcp4, tcp6, udp4, udp6 }, processes }: Snapshot): readonly EndpointBlock[] {
  const blocks: EndpointBlock[] = [];
  let first = 0;
  for (const table of [tcp4, tcp6]) {
    if (table === undefined) continue;
    blocks.push({ protocol: 'tcp', table, first, length: table.length, processes });
    first += table.length;
  }
  for (const table of [udp4, udp6]) {
    if (table === undefined) continue;
    blocks.push({ protocol: 'udp', table, first, length: table.length, processes });
    first += table.length;
  }
  return blocks;
}

/** How many endpoints the blocks have. */
export function endpointCount(blocks: readonly EndpointBlock[]): number {
  return blocks.reduce((sum, { length }) => sum + length, 0);
}

/** The row of the table that is at `position` in the block. */
export function rowAt(block: EndpointBlock, position: number): number {
  return block.rows === undefined ? position : (block.rows[position] as number);
}

/** The block that has the endpoint of this number. */
export function blockAt(blocks: readonly EndpointBlock[], number: number): EndpointBlock {
  const block = blocks.find(({ first, length }) => number >= first && number < first + length);
  if (block === undefined) throw new RangeError(`there is no endpoint ${number}; there are ${endpointCount(blocks)}`);
  return block;
}

/** Whether the endpoint at `position` in the block is there no more. */
export function isClosed({ changes }: EndpointBlock, position: number): boolean {
  return changes !== undefined && changes[position] === CHANGE_CODE.closed;
}
