// The rows of a columnar socket table as objects, for tests to compare.

import { ADDRESS_WORDS, type AddressFamily, type TcpTable, type UdpTable } from '../../../src/model/sockets.ts';
import { TCP_STATES } from '../../../src/model/states.ts';

export interface Row {
  state?: string | undefined;
  localAddress: number[];
  localScope: number | undefined;
  localPort: number | undefined;
  remoteAddress?: number[];
  remoteScope?: number | undefined;
  remotePort?: number | undefined;
  pid: number | undefined;
}

/** The rows of a table, with addresses as bytes. */
export function rows(table: TcpTable | UdpTable): Row[] {
  return Array.from({ length: table.length }, (_, index) => ({
    localAddress: address(table.family, table.localAddress, index),
    localScope: table.localScope[index],
    localPort: table.localPort[index],
    pid: table.pid[index],
    ...('state' in table ? remoteEnd(table, index) : {}),
  }));
}

function remoteEnd(table: TcpTable, index: number): Partial<Row> {
  return {
    state: TCP_STATES[table.state[index] ?? -1],
    remoteAddress: address(table.family, table.remoteAddress, index),
    remoteScope: table.remoteScope[index],
    remotePort: table.remotePort[index],
  };
}

function address(family: AddressFamily, words: Uint32Array, index: number): number[] {
  const start = index * ADDRESS_WORDS[family];
  return [...new Uint8Array(words.slice(start, start + ADDRESS_WORDS[family]).buffer)];
}
