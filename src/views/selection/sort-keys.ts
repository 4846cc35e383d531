// What endpoints are ordered by, as numbers. What an endpoint does not have comes after all that others have.

import { ADDRESS_WORDS, NO_PID, type TcpTable, type UdpTable, UNKNOWN_PID } from '../../model/sockets.ts';
import { TCP_STATES } from '../../model/states.ts';
import { type EndpointBlock, rowAt } from '../blocks.ts';
import { hasRemoteEnd } from '../ends.ts';
import type { SortColumn } from '../filter.ts';

/** Rows of a block that are to be ordered. */
export interface RowsOfBlock {
  readonly block: EndpointBlock;
  readonly rows: Uint32Array;
  /** Positions in `rows` of those that have no other end. */
  readonly withoutRemoteEnd: Uint32Array;
}

/** Writes 32 bits of what each row is ordered by, in the order of the rows: the smaller the earlier. */
export type Key = (rows: RowsOfBlock, keys: Uint32Array) => void;
/** The same from a table. */
type Write<Table> = (table: Table, rows: Uint32Array, keys: Uint32Array) => void;

const PROTOCOL_KEYS = { tcp: 0, udp: 1 } as const;
const FAMILY_KEYS = { ipv4: 0, ipv6: 1 } as const;
const ADDRESS_PIECES = [0, 1, 2, 3] as const;
const NO_FAMILY = 2;
const NO_ADDRESS = 0;
const NO_PORT = 65_536;
const NO_STATE = TCP_STATES.length;

const writeFamily: Write<UdpTable> = ({ family }, _rows, keys) => keys.fill(FAMILY_KEYS[family]);

/** Each column's keys, what counts most first. Those of the owners' texts are in `owner-keys.ts`. */
export const NUMBER_KEYS = {
  protocol: [({ block }, keys) => keys.fill(PROTOCOL_KEYS[block.protocol])],
  'local-address': [
    local(writeFamily),
    ...ADDRESS_PIECES.map((piece) =>
      local((table, rows, keys) => writeWords(table.localAddress, table, piece, rows, keys)),
    ),
    local(({ localScope }, rows, keys) => writeValues(localScope, rows, keys)),
  ],
  'local-port': [local(({ localPort }, rows, keys) => writeValues(localPort, rows, keys))],
  'remote-address': [
    remote(NO_FAMILY, writeFamily),
    ...ADDRESS_PIECES.map((piece) =>
      remote(NO_ADDRESS, (table, rows, keys) => writeWords(table.remoteAddress, table, piece, rows, keys)),
    ),
    remote(NO_ADDRESS, ({ remoteScope }, rows, keys) => writeValues(remoteScope, rows, keys)),
  ],
  'remote-port': [remote(NO_PORT, ({ remotePort }, rows, keys) => writeValues(remotePort, rows, keys))],
  state: [
    ({ block, rows }, keys) =>
      block.protocol === 'tcp' ? writeValues(block.table.state, rows, keys) : keys.fill(NO_STATE),
  ],
  pid: [local(writePids)],
} as const satisfies Partial<Record<SortColumn, readonly Key[]>>;

/** Rows of a block by the numbers of their endpoints. */
export function rowsOfBlock(block: EndpointBlock, numbers: Uint32Array): RowsOfBlock {
  const rows = numbers.map((number) => rowAt(block, number - block.first));
  const positions = rows.map((_, position) => position);
  const withoutRemoteEnd = positions.filter(
    (position) => block.protocol === 'udp' || !hasRemoteEnd(block.table, rows[position] as number),
  );
  return { block, rows, withoutRemoteEnd };
}

function local(write: Write<UdpTable>): Key {
  return ({ block, rows }, keys) => write(block.table, rows, keys);
}

/** What only endpoints with another end have; others have `none`. */
function remote(none: number, write: Write<TcpTable>): Key {
  return ({ block, rows, withoutRemoteEnd }, keys) => {
    if (block.protocol === 'tcp') write(block.table, rows, keys);
    for (const position of withoutRemoteEnd) keys[position] = none;
  };
}

function writeValues(column: Uint8Array | Uint16Array | Uint32Array, rows: Uint32Array, keys: Uint32Array): void {
  for (let position = 0; position < rows.length; position++) {
    keys[position] = column[rows[position] as number] as number;
  }
}

/** A word of each address, 0 beyond its end. In memory addresses are in network order: read so, words are the numbers that they are. */
function writeWords(
  addresses: Uint32Array<ArrayBuffer>,
  { family }: UdpTable,
  word: number,
  rows: Uint32Array,
  keys: Uint32Array,
): void {
  const words = ADDRESS_WORDS[family];
  if (word >= words) return void keys.fill(0);
  const view = new DataView(addresses.buffer, addresses.byteOffset, addresses.byteLength);
  for (let position = 0; position < rows.length; position++) {
    const index = (rows[position] as number) * words + word;
    keys[position] = view.getUint32(index * Uint32Array.BYTES_PER_ELEMENT);
  }
}

/** UNKNOWN_PID is the last number that there is. */
function writePids({ pid }: UdpTable, rows: Uint32Array, keys: Uint32Array): void {
  for (let position = 0; position < rows.length; position++) {
    const owner = pid[rows[position] as number] as number;
    keys[position] = owner === NO_PID ? UNKNOWN_PID : owner;
  }
}
