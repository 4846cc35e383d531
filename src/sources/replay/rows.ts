// The rows of a recorded table as columns.

import { parseAddress } from '../../model/address.ts';
import {
  ADDRESS_WORDS,
  type AddressFamily,
  createTcpTable,
  createUdpTable,
  type TcpTable,
  type UdpTable,
  UNKNOWN_PID,
} from '../../model/sockets.ts';
import { TCP_STATE_CODE, TCP_STATES } from '../../model/states.ts';
import { quote } from '../quote.ts';
import type { LineChecker } from './checks.ts';
import type { LineReader } from './lines.ts';

export const MAX_PORT = 65_535;
export const MAX_PID = UNKNOWN_PID - 1;

/** Reads `length` TcpRow lines. */
export function parseTcpRows(reader: LineReader, family: AddressFamily, length: number): TcpTable {
  const table = createTcpTable(family, length);
  for (let row = 0; row < length; row++) {
    const { checker, value } = reader.next();
    const [state, localAddress, localPort, remoteAddress, remotePort, pid] = checker.list(value, 'a row');
    table.state[row] = TCP_STATE_CODE[checker.oneOf(state, 'state', TCP_STATES)];
    setLocal(table, row, checker, [localAddress, localPort, pid]);
    setAddress(table.remoteAddress, table.remoteScope, row, family, checker, remoteAddress);
    table.remotePort[row] = checker.integer(remotePort, 'remote port', MAX_PORT);
    if (state === 'listen') clearRemote(table, row);
  }
  return table;
}

/** A listener has no other end, whatever stands there. */
function clearRemote({ family, remoteAddress, remoteScope, remotePort }: TcpTable, row: number): void {
  remoteAddress.fill(0, row * ADDRESS_WORDS[family], (row + 1) * ADDRESS_WORDS[family]);
  remoteScope[row] = 0;
  remotePort[row] = 0;
}

/** Reads `length` UdpRow lines. */
export function parseUdpRows(reader: LineReader, family: AddressFamily, length: number): UdpTable {
  const table = createUdpTable(family, length);
  for (let row = 0; row < length; row++) {
    const { checker, value } = reader.next();
    setLocal(table, row, checker, checker.list(value, 'a row'));
  }
  return table;
}

function setLocal(table: UdpTable, row: number, checker: LineChecker, [address, port, pid]: readonly unknown[]): void {
  setAddress(table.localAddress, table.localScope, row, table.family, checker, address);
  table.localPort[row] = checker.integer(port, 'local port', MAX_PORT);
  table.pid[row] = pid === null ? UNKNOWN_PID : checker.integer(pid, 'pid', MAX_PID);
}

function setAddress(
  column: Uint32Array<ArrayBuffer>,
  scopes: Uint32Array,
  row: number,
  family: AddressFamily,
  checker: LineChecker,
  value: unknown,
): void {
  const address = parseAddress(checker.text(value, 'an address'), family);
  if (address === undefined) checker.fail(`${quote(value)} is no ${family} address`);
  else {
    new Uint8Array(column.buffer).set(address.bytes, row * ADDRESS_WORDS[family] * 4);
    scopes[row] = address.scope;
  }
}
