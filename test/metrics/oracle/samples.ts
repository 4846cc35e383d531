// The oracle's samples, once it is known which groups are shown.
import type { HostMetricName } from '../../../src/metrics/catalogue.ts';
import { PROTOCOLS, type Protocol } from '../../../src/model/sockets.ts';
import { TCP_STATES } from '../../../src/model/states.ts';
import { groupBy, isTcp, isUdp, keyOf } from './endpoints.ts';
import { type Endpoint, type Host, type Owner, portsOf } from './host.ts';

export interface Sample {
  readonly name: HostMetricName;
  /** Those that are not empty. */
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Shown at 0 too, as long as their group exists. */
const ALWAYS_SHOWN = ['listen', 'established', 'close_wait'];

/** The host's own counts, every state at 0 too; `bound` only where it can be told. */
export function connectionSamples(host: Host): readonly Sample[] {
  return host.families.flatMap((family) => {
    const own = host.endpoints.filter((endpoint) => endpoint.family === family);
    const states = TCP_STATES.filter((state) => state !== 'bound' || host.hasBound);
    const tcp = states.map((state) => {
      const count = own.filter((endpoint) => isTcp(endpoint) && endpoint.state === state).length;
      return sample('netstat_tcp_connections', { family, state }, count);
    });
    const udp = sample('netstat_udp_endpoints', { family }, own.filter(isUdp).length);
    return [...(host.hasTable('tcp', family) ? tcp : []), ...(host.hasTable('udp', family) ? [udp] : [])];
  });
}

export function processSamples(host: Host, group: (owner: Owner) => Owner): readonly Sample[] {
  const byGroup = (endpoints: readonly Endpoint[]) => groupBy(endpoints, ({ owner }) => keyOf(group(owner))).values();
  const tcp = [...byGroup(host.endpoints.filter(isTcp))].flatMap((endpoints) =>
    stateSamples('netstat_process_tcp_connections', { ...group(endpoints[0].owner) }, endpoints),
  );
  const udp = [...byGroup(host.endpoints.filter(isUdp))].map((endpoints) =>
    sample('netstat_process_udp_endpoints', { ...group(endpoints[0].owner) }, endpoints.length),
  );
  return [...(host.hasAll('tcp') ? tcp : []), ...(host.hasAll('udp') ? udp : [])];
}

export function ephemeralSamples(host: Host): readonly Sample[] {
  if (!host.hasRanges) return [];
  return host.ranges.flatMap((range) => {
    const { protocol, family, first, last, source } = range;
    const labels = { protocol, family };
    const about = { ...labels, first: String(first), last: String(last), source };
    const own = host.endpoints.filter((row) => row.protocol === protocol && row.family === family && row.isEphemeral);
    const used = sample('netstat_ephemeral_ports_used', labels, distinctPorts(own));
    return [
      sample('netstat_ephemeral_port_range_ports', labels, portsOf(range).size),
      sample('netstat_ephemeral_port_range_info', about, 1),
      ...(host.hasTable(protocol, family) && isBoundRead(host, protocol) ? [used] : []),
    ];
  });
}

export function processEphemeralSamples(host: Host, group: (owner: Owner) => Owner): readonly Sample[] {
  if (!host.hasRanges) return [];
  const protocols = PROTOCOLS.filter((protocol) => host.hasAll(protocol) && isBoundRead(host, protocol));
  return protocols.flatMap((protocol) => {
    const own = host.endpoints.filter((endpoint) => endpoint.protocol === protocol && endpoint.isEphemeral);
    return [...groupBy(own, ({ owner }) => keyOf(group(owner))).values()].map((endpoints) => {
      const labels = { protocol, ...group(endpoints[0].owner) };
      return sample('netstat_process_ephemeral_ports_used', labels, distinctPorts(endpoints));
    });
  });
}

/** The bound endpoints are TCP's. */
function isBoundRead(host: Host, protocol: Protocol): boolean {
  return protocol === 'udp' || host.hasBoundRead;
}

function distinctPorts(endpoints: readonly Endpoint[]): number {
  return new Set(endpoints.map(({ port }) => port)).size;
}

export function stateSamples(
  name: HostMetricName,
  labels: Readonly<Record<string, string>>,
  endpoints: readonly Endpoint[],
): readonly Sample[] {
  return TCP_STATES.flatMap((state) => {
    const count = endpoints.filter((endpoint) => endpoint.state === state).length;
    return count > 0 || ALWAYS_SHOWN.includes(state) ? [sample(name, { ...labels, state }, count)] : [];
  });
}

export function sample(name: HostMetricName, labels: Readonly<Record<string, string>>, value: number): Sample {
  return { name, labels: Object.fromEntries(Object.entries(labels).filter(([, text]) => text !== '')), value };
}
