// What a person, a page or a script is told of endpoints: the JSON of the API and of the terminal. Types, and the words in them.

import type { OperatingSystem, Part } from '../model/snapshot.ts';
import type { AddressFamily, Protocol } from '../model/sockets.ts';
import type { TcpState } from '../model/states.ts';

/** What happened to an endpoint since the collection before. A closed one is told of once. */
export const CHANGES = ['new', 'changed', 'closed'] as const;
export type Change = (typeof CHANGES)[number];

/** A question to Prometheus in whose answer the endpoint is counted. */
export interface MetricQuery {
  /** What it asks, in a few words: `connections of the process in this state`. */
  readonly title: string;
  readonly promql: string;
}

/** All texts are fit for a line of a terminal: controls and marks of writing direction stand as `\uXXXX`. */
export interface Endpoint {
  readonly protocol: Protocol;
  readonly family: AddressFamily;
  /** RFC 5952, with a scope for link-local addresses alone. */
  readonly localAddress: string;
  readonly localPort: number;
  /** Null where there is no other end: UDP, `listen`, `bound`. */
  readonly remoteAddress: string | null;
  readonly remotePort: number | null;
  /** Null for UDP. */
  readonly state: TcpState | null;
  /** Null where no process owns it any more (`process` is `_none`) or the owner cannot be seen (`_unknown`). */
  readonly pid: number | null;
  /** As the label `process` has it before anything is folded: with what a name rule adds. */
  readonly process: string;
  /** Windows services of the process, or its systemd unit. */
  readonly services: readonly string[];
  /** Only where changes were asked for, and there was one. */
  readonly change?: Change;
  /** Only where queries were asked for. */
  readonly queries?: readonly MetricQuery[];
}

/** What a listing of endpoints is made from. */
export const ENDPOINT_PARTS: readonly Part[] = ['tcp4', 'tcp6', 'udp4', 'udp6', 'tcp_bound', 'processes', 'services'];

/** The collection that an answer is made from. */
export interface CollectionInfo {
  /** Names this collection to whoever asks for more of it. No other one of this host has had it. */
  readonly id: string;
  /** When reading began: ISO 8601, UTC. */
  readonly time: string;
  readonly os: OperatingSystem;
  /** Parts that could not be read: where a table is among them, its endpoints are not listed. */
  readonly failed: readonly { readonly part: Part; readonly code: string }[];
}

/** `/api/v1/endpoints`: a page of the endpoints that were asked for. */
export interface EndpointsAnswer {
  readonly collection: CollectionInfo;
  /** How many fit the filter. Where changes were asked for, those that have just closed are among them. */
  readonly total: number;
  /** The position of the first one of this page among them. */
  readonly offset: number;
  readonly endpoints: readonly Endpoint[];
}

export const GROUPINGS = ['process', 'port', 'state', 'destination'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** How many endpoints: TCP by state without those of which there are none, and UDP. */
export type Counts = Readonly<Partial<Record<TcpState | 'udp', number>>>;

/** Endpoints counted together. */
export interface EndpointGroup {
  /** What they have in common, a cell a column of the grouping: see GROUP_COLUMNS. */
  readonly cells: readonly string[];
  readonly total: number;
  readonly counts: Counts;
  /** The parameters that select them, by name: `{ "process": "nginx", "service": "nginx.service" }`. */
  readonly filter: Readonly<Record<string, string>>;
}

/** What the cells of a group are. */
export const GROUP_COLUMNS = {
  process: ['process', 'services'],
  port: ['protocol', 'local port'],
  state: ['state'],
  destination: ['process', 'services', 'remote address', 'remote port'],
} as const satisfies Record<Grouping, readonly string[]>;

/** `/api/v1/summary`: how many endpoints there are, and were; and, where a grouping is asked for, groups of them. */
export interface SummaryAnswer {
  readonly collection: CollectionInfo;
  /** Of the whole host. */
  readonly counts: Counts;
  /** Of those that fit the filter. */
  readonly selected: Counts;
  /** Counts of the whole host in the latest collections, the oldest first; the last one is this collection. */
  readonly history: {
    /** ISO 8601, UTC. */
    readonly times: readonly string[];
    /** By state, a number a time; states that there were none of all the time are left out. Null where it could not be told. */
    readonly counts: Readonly<Partial<Record<TcpState | 'udp', readonly (number | null)[]>>>;
  };
  /** Only where a grouping was asked for. The most endpoints first. */
  readonly groups?: {
    readonly by: Grouping;
    readonly total: number;
    readonly offset: number;
    readonly items: readonly EndpointGroup[];
  };
}

/** What comes with any status but 200 and 304. */
export interface ErrorAnswer {
  /** One line: what was wrong, where, what is allowed. */
  readonly error: string;
}
