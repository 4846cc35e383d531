// The aggregation a second time, from the metrics' contract alone: slow, plain, and with no code of src/metrics.
import type { FoldedGroup } from '../../../src/metrics/samples.ts';
import type { AggregationSettings } from '../../../src/metrics/settings.ts';
import { parseAddress } from '../../../src/model/address.ts';
import { type AddressFamily, PROTOCOLS } from '../../../src/model/sockets.ts';
import type { SnapshotRows } from '../../support/snapshots.ts';
import { groupBy, isInCloseWait, isTcp, isUdp, keyOf } from './endpoints.ts';
import { type Endpoint, type Host, hostOf, OTHER, type Owner } from './host.ts';
import { type Candidate, choose, type Order } from './ranking.ts';
import {
  connectionSamples,
  ephemeralSamples,
  processEphemeralSamples,
  processSamples,
  type Sample,
  sample,
  stateSamples,
} from './samples.ts';
import { statisticsSamples } from './statistics.ts';

export interface Expected {
  readonly samples: readonly Sample[];
  readonly foldedGroups: Readonly<Partial<Record<FoldedGroup, number>>>;
}

/** The kinds of groups that have a limit and a memory each. */
type Ranking = 'process' | 'tcpPort' | 'udpPort' | 'listener' | 'destination';

/** Expects of each snapshot of a sequence what a program that has seen those before must show of it. */
export class Oracle {
  readonly #settings: AggregationSettings;
  /** What each ranking showed when it last could be made. */
  readonly #shown = new Map<Ranking, ReadonlySet<string>>();
  /** By connectionKey: when a connection was first seen in close_wait. */
  #closeWaitSinceMs = new Map<string, number>();

  constructor(settings: AggregationSettings) {
    this.#settings = settings;
  }

  expect(rows: SnapshotRows, readAtMs: number): Expected {
    const host = hostOf(rows, this.#settings);
    this.#rememberCloseWait(host, readAtMs);
    this.#forgetListenersOfTheGone(host);
    const { groups } = this.#settings;
    const samples: Sample[] = [];
    const foldedGroups: Partial<Record<FoldedGroup, number>> = {};
    if (groups.has('statistics')) samples.push(...statisticsSamples(statisticsOf(rows)));
    if (groups.has('connections')) samples.push(...connectionSamples(host));
    if ((groups.has('process') || groups.has('ephemeral')) && host.hasProcesses) {
      const { group, hidden } = this.#processGroups(host);
      if (groups.has('process')) {
        samples.push(...processSamples(host, group), ...this.#closeWaitSamples(host, group, readAtMs));
      }
      if (groups.has('ephemeral')) samples.push(...processEphemeralSamples(host, group));
      if (host.hasAll('tcp') || host.hasAll('udp')) foldedGroups.process = hidden;
    }
    if (groups.has('port')) {
      const tcp = this.#tcpPorts(host);
      const udp = this.#udpPorts(host);
      samples.push(...tcp.samples, ...udp.samples);
      if (host.hasAll('tcp') || (host.hasAll('udp') && host.hasRanges)) foldedGroups.port = tcp.hidden + udp.hidden;
    }
    if (groups.has('listener') && host.hasProcesses && host.hasRanges) {
      const listeners = this.#listeners(host);
      samples.push(...listeners.samples);
      foldedGroups.listener = listeners.hidden;
    }
    if (groups.has('ephemeral')) samples.push(...ephemeralSamples(host));
    if (groups.has('destination') && host.hasProcesses && host.hasAll('tcp')) {
      const destinations = this.#destinations(host);
      samples.push(...destinations.samples);
      foldedGroups.destination = destinations.hidden;
    }
    return { samples, foldedGroups };
  }

  /** Ranks the candidates; remembers what is shown if all that the ranking goes by was read. */
  #rank(ranking: Ranking, candidates: readonly Candidate[], limit: number, isWhole: boolean) {
    const chosen = choose(candidates, limit, this.#shown.get(ranking) ?? new Set());
    if (isWhole) this.#shown.set(ranking, chosen.shown);
    return chosen;
  }

  /** The owner that an endpoint is counted with: its own, or _other where that is hidden. */
  #processGroups(host: Host) {
    const candidates = [...groupBy(host.endpoints, ({ owner }) => keyOf(owner)).values()]
      .filter(([endpoint]) => !isReserved(endpoint.owner))
      .map((endpoints) => candidateOf(ownerOrder(endpoints[0].owner), keyOf(endpoints[0].owner), endpoints));
    const isWhole = host.hasAll('tcp') && host.hasAll('udp');
    const { shown, hidden } = this.#rank('process', candidates, this.#settings.processLimit, isWhole);
    const group = (owner: Owner): Owner => (isReserved(owner) || shown.has(keyOf(owner)) ? owner : OTHER);
    return { group, hidden };
  }

  #rememberCloseWait(host: Host, readAtMs: number): void {
    const before = this.#closeWaitSinceMs;
    this.#closeWaitSinceMs = new Map();
    for (const [key, sinceMs] of before) {
      const [ends] = JSON.parse(key) as [string, string];
      const [family] = JSON.parse(ends) as [AddressFamily];
      if (!host.hasTable('tcp', family)) this.#closeWaitSinceMs.set(key, sinceMs);
    }
    for (const { ends, incarnation } of host.endpoints.filter(isInCloseWait)) {
      // A connection that nobody has accepted yet has no id.
      const unaccepted = incarnation.startsWith('socket') ? before.get(connectionKey(ends, 'socket 0')) : undefined;
      const key = connectionKey(ends, incarnation);
      this.#closeWaitSinceMs.set(key, before.get(key) ?? unaccepted ?? readAtMs);
    }
  }

  /** Without the ranges listeners cannot be told, but that a process has left can: its listeners are new when it comes back. */
  #forgetListenersOfTheGone(host: Host): void {
    if (!host.hasProcesses || !host.hasAll('tcp') || !host.hasAll('udp')) return;
    const owners = new Set(host.endpoints.map(({ owner }) => keyOf(owner)));
    const isThere = (listener: string): boolean => {
      const { process, services, pid } = Object.fromEntries(JSON.parse(listener) as [string, string][]);
      return owners.has(keyOf({ process, services, pid }));
    };
    this.#shown.set('listener', new Set([...(this.#shown.get('listener') ?? [])].filter(isThere)));
  }

  #closeWaitSamples(host: Host, group: (owner: Owner) => Owner, readAtMs: number): readonly Sample[] {
    if (!host.hasAll('tcp')) return [];
    const groups = groupBy(host.endpoints.filter(isInCloseWait), ({ owner }) => keyOf(group(owner)));
    return [...groups.values()].map((endpoints) => {
      const agesMs = endpoints.map(
        ({ ends, incarnation }) =>
          readAtMs - (this.#closeWaitSinceMs.get(connectionKey(ends, incarnation)) ?? Number.NaN),
      );
      const labels = { ...group(endpoints[0].owner) };
      return sample('netstat_process_close_wait_oldest_seconds', labels, Math.max(...agesMs) / 1_000);
    });
  }

  #tcpPorts(host: Host) {
    if (!host.hasAll('tcp')) return { samples: [], hidden: 0 };
    const { portOf, hidden } = this.#portGroups('tcpPort', host.endpoints.filter(isTcp));
    const groups = groupBy(host.endpoints.filter(isTcp), ({ port }) => portOf(port));
    const samples = [...groups].flatMap(([port, endpoints]) =>
      stateSamples('netstat_port_tcp_connections', { port }, endpoints),
    );
    return { samples, hidden };
  }

  #udpPorts(host: Host) {
    if (!host.hasAll('udp') || !host.hasRanges) return { samples: [], hidden: 0 };
    const { portOf, hidden } = this.#portGroups('udpPort', host.endpoints.filter(isUdp));
    const groups = groupBy(host.endpoints.filter(isUdp), ({ port }) => portOf(port));
    const samples = [...groups].map(([port, endpoints]) =>
      sample('netstat_port_udp_endpoints', { port }, endpoints.length),
    );
    return { samples, hidden };
  }

  /** Ports that the configuration names take no place; the others have series of their own while somebody listens on them. */
  #portGroups(ranking: Ranking, endpoints: readonly Endpoint[]) {
    const isIncluded = (port: number): boolean =>
      this.#settings.portInclude.some(({ first, last }) => port >= first && port <= last);
    const candidates = [...groupBy(endpoints, ({ port }) => String(port)).values()]
      .map((group) => candidateOf([group[0].port], String(group[0].port), group))
      .filter(({ key, listens }) => listens && !isIncluded(Number(key)));
    const { shown, hidden } = this.#rank(ranking, candidates, this.#settings.portLimit, true);
    const portOf = (port: number): string =>
      isIncluded(port) || shown.has(String(port)) ? String(port) : OTHER.process;
    return { portOf, hidden };
  }

  #listeners(host: Host) {
    const labelsOf = ({ protocol, family, address, port, owner }: Endpoint) => ({
      protocol,
      family,
      address,
      port: String(port),
      ...owner,
    });
    const groups = groupBy(
      host.endpoints.filter(({ isListener }) => isListener),
      (endpoint) => keyOf(labelsOf(endpoint)),
    );
    const candidates = [...groups].map(([key, endpoints]) => {
      const { protocol, family, address, port, owner } = endpoints[0];
      const order = [PROTOCOLS.indexOf(protocol), ...addressOrder(address, family), port, ...ownerOrder(owner)];
      return candidateOf(order, key, endpoints);
    });
    const isWhole = host.hasAll('tcp') && host.hasAll('udp');
    const { shown, hidden } = this.#rank('listener', candidates, this.#settings.listenerLimit, isWhole);
    const samples = [...groups]
      .filter(([key]) => shown.has(key))
      .map(([, [endpoint]]) => sample('netstat_listener_info', labelsOf(endpoint), 1));
    return { samples, hidden };
  }

  #destinations(host: Host) {
    const listening = new Set(host.endpoints.filter((row) => isTcp(row) && row.isListener).map(({ port }) => port));
    const outbound = host.endpoints.filter(
      ({ protocol, state, port, remotePort }) =>
        protocol === 'tcp' && state !== 'listen' && state !== 'bound' && remotePort !== 0 && !listening.has(port),
    );
    const rest = { ...OTHER, remote_address: '_other', remote_port: '_other' };
    const labelsOf = ({ owner, remoteAddress, remotePort }: Endpoint) =>
      keyOf(owner) === keyOf(OTHER)
        ? rest
        : { ...owner, remote_address: remoteAddress, remote_port: String(remotePort) };
    const candidates = [...groupBy(outbound, (endpoint) => keyOf(labelsOf(endpoint)))]
      .filter(([key]) => key !== keyOf(rest))
      .map(([key, endpoints]) => {
        const { owner, remoteAddress, remotePort, family } = endpoints[0];
        const order = [...ownerOrder(owner), ...addressOrder(remoteAddress, family), remotePort];
        return { ...candidateOf(order, key, endpoints), listens: false };
      });
    const { shown, hidden } = this.#rank('destination', candidates, this.#settings.destinationLimit, true);
    const shownLabelsOf = (endpoint: Endpoint) => (shown.has(keyOf(labelsOf(endpoint))) ? labelsOf(endpoint) : rest);
    const samples = [...groupBy(outbound, (endpoint) => keyOf(shownLabelsOf(endpoint))).values()].flatMap((endpoints) =>
      stateSamples('netstat_destination_tcp_connections', shownLabelsOf(endpoints[0]), endpoints).filter(
        // What leads away never listens.
        ({ labels }) => labels['state'] !== 'listen',
      ),
    );
    return { samples, hidden };
  }
}

function statisticsOf({ statistics = {}, missing = [] }: SnapshotRows): NonNullable<SnapshotRows['statistics']> {
  const isThere = ([key]: [string, unknown]): boolean => !missing.some((part) => part === `${key}_statistics`);
  return Object.fromEntries(Object.entries(statistics).filter(isThere));
}

function candidateOf(order: Order, key: string, endpoints: readonly Endpoint[]): Candidate {
  return { key, order, listens: endpoints.some(({ isListener }) => isListener), endpoints: endpoints.length };
}

/** The groups that stand for no process of their own, and so take no place. */
function isReserved({ process, services, pid }: Owner): boolean {
  return ['_none', '_unknown', '_other'].includes(process) && services === '' && pid === '';
}

function ownerOrder({ process, services, pid }: Owner): Order {
  return [process, services, pid];
}

function connectionKey(ends: string, incarnation: string): string {
  return JSON.stringify([ends, incarnation]);
}

/** IPv4 first, then by bytes in network order, then by scope. */
function addressOrder(address: string, family: AddressFamily): Order {
  const parsed = parseAddress(address, family);
  if (parsed === undefined) throw new Error(`${address} is no ${family} address`);
  return [family === 'ipv4' ? 0 : 1, ...parsed.bytes, parsed.scope];
}
