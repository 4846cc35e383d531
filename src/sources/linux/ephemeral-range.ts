// The range that the kernel takes local ports from: sys/net/ipv4/ip_local_port_range (ip-sysctl, for IPv6 too).

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EphemeralRange, PortRange } from '../../model/ephemeral.ts';
import { ADDRESS_FAMILIES, PROTOCOLS } from '../../model/sockets.ts';
import { PartFailure } from '../parts.ts';
import { quote } from '../quote.ts';

const MAX_PORT = 65_535;

/**
 * The same range for both protocols and both families.
 * procfs shows a reader the sysctls of the reader's own network namespace, also under a root that belongs to another:
 * there the answer is a guess, and still a better one than the kernel's default.
 */
export function readEphemeralRanges(procfsRoot: string): readonly EphemeralRange[] {
  const directory = join(procfsRoot, 'sys/net/ipv4');
  const rangePath = join(directory, 'ip_local_port_range');
  const reservedPath = join(directory, 'ip_local_reserved_ports');
  const range = parsePortRange(rangePath, readFileSync(rangePath, 'utf8'));
  const reserved = parseReservedPorts(reservedPath, readFileSync(reservedPath, 'utf8'), range);
  return PROTOCOLS.flatMap((protocol) =>
    ADDRESS_FAMILIES.map((family) => ({ ...range, protocol, family, source: 'procfs' as const, reserved })),
  );
}

/** `32768\t60999` */
export function parsePortRange(path: string, text: string): PortRange {
  const [first, last, ...rest] = text.trim().split(/\s+/).map(parsePort);
  if (first === undefined || last === undefined || rest.length > 0 || first > last) {
    throw malformed(path, text, 'two ports, the lower first');
  }
  return { first, last };
}

/** `8080,9148-9150`, or nothing; what lies outside of `range` is left out. */
export function parseReservedPorts(path: string, text: string, range: PortRange): readonly PortRange[] {
  const list = text.trim();
  if (list === '') return [];
  return list.split(',').flatMap((item) => {
    const ports = item.split('-').map(parsePort);
    const first = ports[0];
    const last = ports.at(-1);
    if (first === undefined || last === undefined || ports.length > 2 || first > last) {
      throw malformed(path, text, 'ports and ranges of ports, with commas between them');
    }
    const inside = { first: Math.max(first, range.first), last: Math.min(last, range.last) };
    return inside.first > inside.last ? [] : [inside];
  });
}

function parsePort(text: string): number | undefined {
  return /^\d{1,5}$/.test(text) && Number(text) <= MAX_PORT ? Number(text) : undefined;
}

function malformed(path: string, text: string, expected: string): PartFailure {
  return new PartFailure('malformed', `${path}: expected ${expected}, found ${quote(text)}`);
}
