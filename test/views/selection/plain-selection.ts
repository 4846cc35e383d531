// Filtering and sorting written plainly, with objects: what the fast way is compared with.
import { NONE, UNKNOWN } from '../../../src/metrics/groups/groups.ts';
import { parseAddress } from '../../../src/model/address.ts';
import { ADDRESS_FAMILIES, PROTOCOLS } from '../../../src/model/sockets.ts';
import { TCP_STATES } from '../../../src/model/states.ts';
import type { Endpoint } from '../../../src/views/endpoint.ts';
import {
  type Filter,
  type Order,
  type RemoteFilter,
  SORT_COLUMNS,
  type SortColumn,
} from '../../../src/views/filter.ts';

/** The positions of the endpoints that fit, in order. */
export function selectPlainly(endpoints: readonly Endpoint[], filter: Filter, order?: Order): readonly number[] {
  const positions = [...endpoints.keys()].filter((position) => fits(endpoints[position] as Endpoint, filter));
  if (order === undefined) return positions;
  return positions.sort((one, other) => compare(endpoints[one] as Endpoint, endpoints[other] as Endpoint, order));
}

function fits(endpoint: Endpoint, filter: Filter): boolean {
  const { protocols, states, processes, services, ports, remotes, search = '' } = filter;
  const { protocol, state, localPort } = endpoint;
  return (
    isOneOf(protocols, (asked) => asked === protocol) &&
    isOneOf(states, (asked) => asked === state) &&
    isOneOf(processes, (asked) => isProcess(endpoint, asked)) &&
    isOneOf(services, (asked) => hasService(endpoint, asked)) &&
    isOneOf(ports, ({ first, last }) => first <= localPort && localPort <= last) &&
    isOneOf(remotes, (asked) => goesTo(endpoint, asked)) &&
    search.split(' ').every((word) => shown(endpoint).some((text) => text.toLowerCase().includes(word.toLowerCase())))
  );
}

function isOneOf<T>(list: readonly T[] | undefined, isMeant: (asked: T) => boolean): boolean {
  return list === undefined || list.some(isMeant);
}

function isProcess({ pid, process }: Endpoint, asked: string): boolean {
  return String(pid) === asked || matches(process, asked) || matches(process, `${asked}.exe`);
}

function hasService({ services }: Endpoint, asked: string): boolean {
  if (services.length === 0 || asked === '') return services.length === 0 && asked === '';
  return matches(services.join(','), asked) || services.some((service) => matches(service, asked));
}

function matches(name: string, pattern: string): boolean {
  const pieces = Array.from(pattern.toLowerCase(), (character) =>
    character === '*' ? '.*' : `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
  return new RegExp(`^${pieces.join('')}$`, 'su').test(name.toLowerCase());
}

function goesTo({ remoteAddress, remotePort, family }: Endpoint, { network, port }: RemoteFilter): boolean {
  if (remoteAddress === null || (port !== undefined && port !== remotePort)) return false;
  if (network === undefined) return true;
  const remote = parseAddress(remoteAddress, family);
  if (remote === undefined || network.family !== family) return false;
  const { scope, prefixBits } = network;
  return (
    (scope === 0 || scope === remote.scope) && prefix(remote.bytes, prefixBits) === prefix(network.bytes, prefixBits)
  );
}

function prefix(bytes: readonly number[], bits: number): string {
  return bytes
    .map((byte) => byte.toString(2).padStart(8, '0'))
    .join('')
    .slice(0, bits);
}

/** What a person sees of an endpoint. */
function shown(endpoint: Endpoint): readonly string[] {
  const { protocol, localAddress, localPort, remoteAddress, remotePort, state, pid, process, services } = endpoint;
  const local = end(localAddress, localPort);
  const remote = remoteAddress === null ? '' : end(remoteAddress, remotePort);
  return [protocol, local, remote, state ?? '', String(pid ?? ''), process, ...services];
}

function end(address: string, port: number | null): string {
  return `${address.includes(':') ? `[${address}]` : address}:${port}`;
}

type Sortable = number | string;

/** What an endpoint is sorted by: numbers and texts that decide one after another; nothing where it has no such thing. */
const SORTABLES: Readonly<Record<SortColumn, (endpoint: Endpoint) => readonly Sortable[] | undefined>> = {
  protocol: ({ protocol }) => [PROTOCOLS.indexOf(protocol)],
  'local-address': ({ localAddress, family }) => addressNumbers(localAddress, family),
  'local-port': ({ localPort }) => [localPort],
  'remote-address': ({ remoteAddress, family }) =>
    remoteAddress === null ? undefined : addressNumbers(remoteAddress, family),
  'remote-port': ({ remotePort }) => (remotePort === null ? undefined : [remotePort]),
  state: ({ state }) => (state === null ? undefined : [TCP_STATES.indexOf(state)]),
  pid: ({ pid }) => (pid === null ? undefined : [pid]),
  process: ({ process }) => [[NONE, UNKNOWN].indexOf(process.toLowerCase()) + 1, process.toLowerCase()],
  services: ({ services }) => (services.length === 0 ? undefined : [services.join(',').toLowerCase()]),
};

function addressNumbers(address: string, family: Endpoint['family']): readonly number[] {
  const { bytes = [], scope = 0 } = parseAddress(address, family) ?? {};
  return [ADDRESS_FAMILIES.indexOf(family), ...bytes, scope];
}

function compare(one: Endpoint, other: Endpoint, { column, descending }: Order): number {
  const byColumn = compareBy(column, one, other);
  if (byColumn !== 0) return descending ? -byColumn : byColumn;
  return SORT_COLUMNS.map((tie) => compareBy(tie, one, other)).find((difference) => difference !== 0) ?? 0;
}

function compareBy(column: SortColumn, one: Endpoint, other: Endpoint): number {
  const [ours, theirs] = [SORTABLES[column](one), SORTABLES[column](other)];
  if (ours === undefined || theirs === undefined) return Number(ours === undefined) - Number(theirs === undefined);
  for (const [index, value] of ours.entries()) {
    const otherValue = theirs[index] ?? '';
    if (value !== otherValue) return value < otherValue ? -1 : 1;
  }
  return 0;
}
