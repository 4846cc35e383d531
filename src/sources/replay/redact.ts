// Taking from a snapshot what its owner may not want to show.

import type { Processes } from '../../model/processes.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { ADDRESS_WORDS, type TcpTable } from '../../model/sockets.ts';

/** 240.0.0.0/4 is reserved (RFC 1112): no real peer is met there. */
const PSEUDONYM_IPV4_PREFIX = 0xf0;
/** 2001:db8::/32 is for documentation (RFC 3849). */
const PSEUDONYM_IPV6_PREFIX = [0x20, 0x01, 0x0d, 0xb8] as const;

/**
 * Every remote address becomes a pseudonym, the same one wherever it appears; loopback and unspecified addresses stay.
 * Command lines, in which passwords stand, are left out.
 */
export function redact(snapshot: Snapshot): Snapshot {
  const { processes } = snapshot;
  const { tcp4, tcp6 } = snapshot.tables;
  const tables = {
    ...snapshot.tables,
    ...(tcp4 === undefined ? {} : { tcp4: redactTable(tcp4) }),
    ...(tcp6 === undefined ? {} : { tcp6: redactTable(tcp6) }),
  };
  return { ...snapshot, tables, ...(processes === undefined ? {} : { processes: withoutCommandLines(processes) }) };
}

function withoutCommandLines(processes: Processes): Processes {
  return new Map([...processes].map(([pid, { name, services }]) => [pid, { pid, name, services }]));
}

function redactTable(table: TcpTable): TcpTable {
  const size = ADDRESS_WORDS[table.family] * 4;
  const remoteAddress = table.remoteAddress.slice();
  const bytes = new Uint8Array(remoteAddress.buffer);
  const pseudonyms = new Map<string, number>();
  for (let row = 0; row < table.length; row++) {
    const address = bytes.subarray(row * size, (row + 1) * size);
    if (isOwn(address)) continue;
    const key = address.join('.');
    const number = pseudonyms.get(key) ?? pseudonyms.size + 1;
    pseudonyms.set(key, number);
    writePseudonym(address, number);
  }
  return { ...table, remoteAddress, remoteScope: new Uint32Array(table.remoteScope.length) };
}

/** Loopback or unspecified: says nothing about anybody else. */
function isOwn(address: Uint8Array): boolean {
  if (address.length === 4 && address[0] === 127) return true;
  return address.subarray(0, -1).every((byte) => byte === 0) && (address.at(-1) ?? 0) <= 1;
}

function writePseudonym(address: Uint8Array, number: number): void {
  address.fill(0);
  if (address.length === 4) address[0] = PSEUDONYM_IPV4_PREFIX;
  else address.set(PSEUDONYM_IPV6_PREFIX);
  const view = new DataView(address.buffer, address.byteOffset + address.length - 4, 4);
  view.setUint32(0, view.getUint32(0) | number);
}
