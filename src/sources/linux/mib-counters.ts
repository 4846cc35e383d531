// The MIB counters in net/snmp and net/snmp6 of procfs (RFC 4022, RFC 4113). Pure.

import type { TcpStatistics, UdpStatistics } from '../../model/statistics.ts';
import { PartFailure } from '../parts.ts';
import { quote } from '../quote.ts';

const TCP_COLUMNS = {
  RtoAlgorithm: 'rtoAlgorithm',
  RtoMin: 'rtoMinMs',
  RtoMax: 'rtoMaxMs',
  MaxConn: 'maxConnections',
  ActiveOpens: 'activeOpens',
  PassiveOpens: 'passiveOpens',
  AttemptFails: 'attemptFails',
  EstabResets: 'establishedResets',
  CurrEstab: 'currentEstablished',
  InSegs: 'segmentsReceived',
  OutSegs: 'segmentsSent',
  RetransSegs: 'segmentsRetransmitted',
  InErrs: 'receiveErrors',
  OutRsts: 'resetsSent',
} as const satisfies Record<string, keyof TcpStatistics>;

const UDP_COLUMNS = {
  InDatagrams: 'datagramsReceived',
  OutDatagrams: 'datagramsSent',
  NoPorts: 'datagramsNoPort',
  InErrors: 'receiveErrors',
  RcvbufErrors: 'receiveBufferErrors',
  SndbufErrors: 'sendBufferErrors',
} as const satisfies Record<string, keyof UdpStatistics>;

/** Of net/snmp; both families in one. A column that the kernel does not have is absent; MaxConn -1 means dynamic. */
export function parseTcpStatistics(path: string, text: string): TcpStatistics {
  const columns = snmpColumns(path, text, 'Tcp:');
  if (columns.get('MaxConn') === -1) columns.delete('MaxConn');
  return pick(path, columns, TCP_COLUMNS);
}

/** Of net/snmp; IPv4 alone. */
export function parseUdpStatistics(path: string, text: string): UdpStatistics {
  return pick(path, snmpColumns(path, text, 'Udp:'), UDP_COLUMNS);
}

/** Of net/snmp6, which has a name and a number a line. */
export function parseUdp6Statistics(path: string, text: string): UdpStatistics {
  const columns = new Map<string, number>();
  for (const line of text.split('\n')) {
    if (!line.startsWith('Udp6')) continue;
    const [name = '', value = '', ...rest] = line.trim().split(/\s+/);
    if (rest.length > 0) throw malformed(path, line);
    columns.set(name.slice('Udp6'.length), parseNumber(path, value, line));
  }
  return pick(path, columns, UDP_COLUMNS);
}

/** The line of names that starts with `label`, and the line of values behind it. */
function snmpColumns(path: string, text: string, label: string): Map<string, number> {
  const lines = text.split('\n').filter((line) => line.startsWith(`${label} `));
  const [names = [], values = []] = lines.map((line) => line.trim().split(/\s+/).slice(1));
  if (lines.length !== 2 || names.length !== values.length) {
    throw malformed(path, lines.join(' / '), `one line of names and one of values that start with ${label}`);
  }
  return new Map(names.map((name, index) => [name, parseNumber(path, values[index] ?? '', lines[1] ?? '')]));
}

function pick<Field extends string>(
  path: string,
  columns: ReadonlyMap<string, number>,
  fields: Readonly<Record<string, Field>>,
): Partial<Record<Field, number>> {
  const statistics: Partial<Record<Field, number>> = {};
  for (const [column, field] of Object.entries(fields)) {
    const value = columns.get(column);
    if (value !== undefined && value < 0) throw malformed(path, `${column} ${value}`, 'a counter');
    if (value !== undefined) statistics[field] = value;
  }
  if (Object.keys(statistics).length === 0) throw malformed(path, '', 'at least one known counter');
  return statistics;
}

function parseNumber(path: string, text: string, line: string): number {
  if (!/^-?\d{1,20}$/.test(text)) throw malformed(path, line, 'a number');
  return Number(text);
}

function malformed(path: string, found: string, expected = 'a name and a number'): PartFailure {
  return new PartFailure('malformed', `${path}: expected ${expected}, found ${quote(found)}`);
}
