// The catalogue: every metric of this program, defined once. Outputs, docs, dashboards and rules follow from it.

import type { OperatingSystem, Part } from '../model/snapshot.ts';

/** What `collect[]` and `--collector.disable` name. */
export const GROUPS = [
  'statistics',
  'connections',
  'process',
  'port',
  'listener',
  'ephemeral',
  'destination',
  'exporter',
] as const;
export type Group = (typeof GROUPS)[number];

/**
 * `updowncounter` is a count of things that are there, which can be added up over its labels: to Prometheus a gauge.
 * `info` is a gauge that is always 1 and carries its news in its labels.
 */
export type Kind = 'counter' | 'updowncounter' | 'gauge' | 'info';

/** The kinds that Prometheus knows. */
export type PrometheusKind = Exclude<Kind, 'updowncounter'>;

export function prometheusKind(kind: Kind): PrometheusKind {
  return kind === 'updowncounter' ? 'gauge' : kind;
}

interface Metric {
  readonly help: string;
  readonly kind: Kind;
  /** UCUM, as the OpenTelemetry semantic conventions write it; empty for none. */
  readonly unit: string;
  /** Empty values are left out of the output: `pid` is empty unless it is asked for. */
  readonly labels: readonly string[];
  readonly group: Group;
  /** The parts that it sums over. Where one of them is tried and not read, the metric is absent. */
  readonly needs: readonly Part[];
  /** The labels whose values stand for themselves: a series needs only what is of its own family, or protocol, or of none. */
  readonly alone?: readonly ('family' | 'protocol')[];
  /** Only this OS keeps the number; absent: both do. */
  readonly os?: OperatingSystem;
  /** What it is called over OTLP where its own name does not say; metrics that share a name there are one metric. */
  readonly otlp?: OtlpMetric;
}

/** A metric of the OpenTelemetry semantic conventions. */
interface OtlpMetric {
  readonly name: string;
  readonly description: string;
  readonly unit: string;
  /** What all points of this one have beside the attributes of its labels. */
  readonly attributes: Readonly<Record<string, string>>;
}

const TCP_STATISTICS = {
  labels: ['family'],
  group: 'statistics',
  needs: ['tcp4_statistics', 'tcp6_statistics', 'tcp_statistics'],
  alone: ['family'],
} as const;

const UDP_STATISTICS = {
  labels: ['family'],
  group: 'statistics',
  needs: ['udp4_statistics', 'udp6_statistics'],
  alone: ['family'],
} as const;

const TCP_TABLES = ['tcp4', 'tcp6'] as const;
const UDP_TABLES = ['udp4', 'udp6'] as const;
const EXPORTER = { group: 'exporter', needs: [] } as const;

/** Semantic conventions, "Semantic conventions for system metrics". */
const SYSTEM_NETWORK_CONNECTION_COUNT = {
  name: 'system.network.connection.count',
  description: 'TCP endpoints of the host by state, listeners included, and bound UDP endpoints.',
  unit: '{connection}',
} as const;

export const CATALOGUE = {
  netstat_tcp_active_opens_total: {
    help: 'Connections that this host has begun to open.',
    kind: 'counter',
    unit: '{connection}',
    ...TCP_STATISTICS,
  },
  netstat_tcp_passive_opens_total: {
    help: 'Connections that others have begun to open to this host.',
    kind: 'counter',
    unit: '{connection}',
    ...TCP_STATISTICS,
  },
  netstat_tcp_attempt_fails_total: {
    help: 'Connections that were refused, timed out or were given up before they were established.',
    kind: 'counter',
    unit: '{connection}',
    ...TCP_STATISTICS,
  },
  netstat_tcp_established_resets_total: {
    help: 'Connections that were reset after they had been established.',
    kind: 'counter',
    unit: '{connection}',
    ...TCP_STATISTICS,
  },
  netstat_tcp_segments_received_total: {
    help: 'Segments received, those with errors included.',
    kind: 'counter',
    unit: '{segment}',
    ...TCP_STATISTICS,
  },
  netstat_tcp_segments_sent_total: {
    help: 'Segments sent, without those that only repeat data.',
    kind: 'counter',
    unit: '{segment}',
    ...TCP_STATISTICS,
  },
  netstat_tcp_segments_retransmitted_total: {
    help: 'Segments sent again because nobody had acknowledged them.',
    kind: 'counter',
    unit: '{segment}',
    ...TCP_STATISTICS,
  },
  netstat_tcp_receive_errors_total: {
    help: 'Segments received with an error, such as a wrong checksum.',
    kind: 'counter',
    unit: '{error}',
    ...TCP_STATISTICS,
  },
  netstat_tcp_resets_sent_total: {
    help: 'Segments sent with the reset flag.',
    kind: 'counter',
    unit: '{segment}',
    ...TCP_STATISTICS,
  },
  netstat_tcp_current_established: {
    help: 'Connections in the states established and close_wait, as the statistics count them.',
    kind: 'gauge',
    unit: '{connection}',
    ...TCP_STATISTICS,
  },
  netstat_tcp_current_connections: {
    help: 'Connections in any state but listen, as the statistics count them.',
    kind: 'gauge',
    unit: '{connection}',
    ...TCP_STATISTICS,
    os: 'windows',
  },
  netstat_tcp_max_connections: {
    help: 'The most connections that the host allows; absent where there is no fixed limit.',
    kind: 'gauge',
    unit: '{connection}',
    ...TCP_STATISTICS,
  },
  netstat_tcp_rto_min_seconds: {
    help: 'The shortest retransmission timeout.',
    kind: 'gauge',
    unit: 's',
    ...TCP_STATISTICS,
  },
  netstat_tcp_rto_max_seconds: {
    help: 'The longest retransmission timeout.',
    kind: 'gauge',
    unit: 's',
    ...TCP_STATISTICS,
  },
  netstat_tcp_rto_algorithm_info: {
    help: 'The algorithm that determines the retransmission timeout: other, constant, rsre, vanj, rfc2988, or the number that the OS gave.',
    kind: 'info',
    unit: '',
    ...TCP_STATISTICS,
    labels: ['family', 'algorithm'],
  },
  netstat_udp_datagrams_received_total: {
    help: 'Datagrams delivered to the programs on this host.',
    kind: 'counter',
    unit: '{datagram}',
    ...UDP_STATISTICS,
  },
  netstat_udp_datagrams_sent_total: {
    help: 'Datagrams sent from this host.',
    kind: 'counter',
    unit: '{datagram}',
    ...UDP_STATISTICS,
  },
  netstat_udp_datagrams_no_port_total: {
    help: 'Datagrams received for a port that no program had bound.',
    kind: 'counter',
    unit: '{datagram}',
    ...UDP_STATISTICS,
  },
  netstat_udp_receive_errors_total: {
    help: 'Datagrams that could not be delivered for another reason than an unbound port.',
    kind: 'counter',
    unit: '{error}',
    ...UDP_STATISTICS,
  },
  netstat_udp_receive_buffer_errors_total: {
    help: "Datagrams dropped because the receiving socket's buffer was full.",
    kind: 'counter',
    unit: '{error}',
    ...UDP_STATISTICS,
    os: 'linux',
  },
  netstat_udp_send_buffer_errors_total: {
    help: "Datagrams dropped because the sending socket's buffer was full.",
    kind: 'counter',
    unit: '{error}',
    ...UDP_STATISTICS,
    os: 'linux',
  },
  netstat_udp_current_endpoints: {
    help: 'Bound UDP endpoints, as the statistics count them.',
    kind: 'gauge',
    unit: '{endpoint}',
    ...UDP_STATISTICS,
    os: 'windows',
  },

  netstat_tcp_connections: {
    help: 'TCP endpoints of the host by state, listeners included.',
    kind: 'updowncounter',
    unit: '{connection}',
    labels: ['family', 'state'],
    group: 'connections',
    needs: TCP_TABLES,
    alone: ['family'],
    otlp: { ...SYSTEM_NETWORK_CONNECTION_COUNT, attributes: { 'network.transport': 'tcp' } },
  },
  netstat_udp_endpoints: {
    help: 'Bound UDP endpoints of the host.',
    kind: 'updowncounter',
    unit: '{endpoint}',
    labels: ['family'],
    group: 'connections',
    needs: UDP_TABLES,
    alone: ['family'],
    otlp: { ...SYSTEM_NETWORK_CONNECTION_COUNT, attributes: { 'network.transport': 'udp' } },
  },
  netstat_process_tcp_connections: {
    help: 'TCP endpoints by owning process and state, listeners included.',
    kind: 'updowncounter',
    unit: '{connection}',
    labels: ['process', 'services', 'pid', 'state'],
    group: 'process',
    needs: [...TCP_TABLES, 'processes'],
  },
  netstat_process_udp_endpoints: {
    help: 'Bound UDP endpoints by owning process.',
    kind: 'updowncounter',
    unit: '{endpoint}',
    labels: ['process', 'services', 'pid'],
    group: 'process',
    needs: [...UDP_TABLES, 'processes'],
  },
  netstat_process_close_wait_oldest_seconds: {
    help: 'How long the oldest connection in the state close_wait has been there, as far as this exporter has seen. Absent without one.',
    kind: 'gauge',
    unit: 's',
    labels: ['process', 'services', 'pid'],
    group: 'process',
    needs: [...TCP_TABLES, 'processes'],
  },
  netstat_port_tcp_connections: {
    help: 'TCP endpoints by local port and state. A port has series of its own while it is listened on; all others are _other.',
    kind: 'updowncounter',
    unit: '{connection}',
    labels: ['port', 'state'],
    group: 'port',
    needs: TCP_TABLES,
  },
  netstat_port_udp_endpoints: {
    help: 'Bound UDP endpoints by local port. Ports in the ephemeral range are _other.',
    kind: 'updowncounter',
    unit: '{endpoint}',
    labels: ['port'],
    group: 'port',
    needs: [...UDP_TABLES, 'ephemeral_range'],
  },

  netstat_listener_info: {
    help: 'A TCP endpoint that listens, or a UDP endpoint bound outside the ephemeral range. Several sockets may share one.',
    kind: 'info',
    unit: '',
    labels: ['protocol', 'family', 'address', 'port', 'process', 'services', 'pid'],
    group: 'listener',
    needs: [...TCP_TABLES, ...UDP_TABLES, 'processes', 'ephemeral_range'],
    alone: ['protocol', 'family'],
  },

  netstat_ephemeral_port_range_ports: {
    help: 'Ports that the OS hands out when a program does not choose one.',
    kind: 'gauge',
    unit: '{port}',
    labels: ['protocol', 'family'],
    group: 'ephemeral',
    needs: ['ephemeral_range'],
  },
  netstat_ephemeral_port_range_info: {
    help: 'The ephemeral port range, and where it was learnt: config, procfs, wmi, assumed (the range of the other family) or default (the documented one).',
    kind: 'info',
    unit: '',
    labels: ['protocol', 'family', 'first', 'last', 'source'],
    group: 'ephemeral',
    needs: ['ephemeral_range'],
  },
  netstat_ephemeral_ports_used: {
    help: 'Distinct local ports in the ephemeral range that endpoints have, in whatever state.',
    kind: 'gauge',
    unit: '{port}',
    labels: ['protocol', 'family'],
    group: 'ephemeral',
    needs: [...TCP_TABLES, 'tcp_bound', ...UDP_TABLES, 'ephemeral_range'],
    alone: ['protocol', 'family'],
  },
  netstat_process_ephemeral_ports_used: {
    help: 'Distinct local ports in the ephemeral range by owning process. A port in both families counts once.',
    kind: 'gauge',
    unit: '{port}',
    labels: ['protocol', 'process', 'services', 'pid'],
    group: 'ephemeral',
    needs: [...TCP_TABLES, 'tcp_bound', ...UDP_TABLES, 'processes', 'ephemeral_range'],
    alone: ['protocol'],
  },

  netstat_destination_tcp_connections: {
    help: 'TCP connections whose local port is no listening port, by owning process, remote end and state.',
    kind: 'updowncounter',
    unit: '{connection}',
    labels: ['process', 'services', 'pid', 'remote_address', 'remote_port', 'state'],
    group: 'destination',
    needs: [...TCP_TABLES, 'processes'],
  },

  netstat_exporter_build_info: {
    help: 'The exporter that answers.',
    kind: 'info',
    unit: '',
    labels: ['version', 'revision', 'platform', 'node_version'],
    ...EXPORTER,
  },
  netstat_exporter_collection_success: {
    help: 'Whether the last collection could read this part: 1 or 0. A part that the host does not have is absent.',
    kind: 'gauge',
    unit: '',
    labels: ['part'],
    ...EXPORTER,
  },
  netstat_exporter_collection_duration_seconds: {
    help: 'How long the last collection took to read this part.',
    kind: 'gauge',
    unit: 's',
    labels: ['part'],
    ...EXPORTER,
  },
  netstat_exporter_collection_timestamp_seconds: {
    help: 'When the last collection began, in Unix time.',
    kind: 'gauge',
    unit: 's',
    labels: [],
    ...EXPORTER,
  },
  netstat_exporter_collection_errors_total: {
    help: 'Parts that could not be read, by the code that the OS gave.',
    kind: 'counter',
    unit: '{error}',
    labels: ['part', 'code'],
    ...EXPORTER,
  },
  netstat_exporter_collections_skipped_total: {
    help: 'Collections that were due and not made, because the one before had not returned.',
    kind: 'counter',
    unit: '{collection}',
    labels: [],
    ...EXPORTER,
  },
  netstat_exporter_collection_worker_restarts_total: {
    help: 'How often the worker that collects was started again after it had ended by itself: out of memory, or by a defect.',
    kind: 'counter',
    unit: '{restart}',
    labels: [],
    ...EXPORTER,
  },
  netstat_exporter_folded_groups: {
    help: 'Groups that exceed a limit and are counted in _other.',
    kind: 'gauge',
    unit: '{group}',
    labels: ['group'],
    ...EXPORTER,
  },
  netstat_exporter_otlp_exports_total: {
    help: 'OTLP export requests by result: success, partial_success (some points were rejected) or failure. Absent without a push.',
    kind: 'counter',
    unit: '{request}',
    labels: ['result'],
    ...EXPORTER,
  },
  netstat_exporter_otlp_last_success_timestamp_seconds: {
    help: 'When the last OTLP export succeeded, in Unix time. Absent until one has.',
    kind: 'gauge',
    unit: 's',
    labels: [],
    ...EXPORTER,
  },
  netstat_exporter_http_requests_total: {
    help: 'HTTP requests answered, by what answered them and the status code.',
    kind: 'counter',
    unit: '{request}',
    labels: ['handler', 'code'],
    ...EXPORTER,
  },
} as const satisfies Record<string, Metric>;

export type MetricName = keyof typeof CATALOGUE;

/** The metrics of one kind of group: those of the host come from snapshots, those of `exporter` from the program itself. */
export type MetricNameOf<G extends Group> = {
  [Name in MetricName]: (typeof CATALOGUE)[Name]['group'] extends G ? Name : never;
}[MetricName];
export type ExporterMetricName = MetricNameOf<'exporter'>;
export type HostMetricName = Exclude<MetricName, ExporterMetricName>;

/** A value for each label of a metric: a label that it does not have, or one forgotten, is a compile error. */
export type Labels<Name extends MetricName> = Readonly<Record<(typeof CATALOGUE)[Name]['labels'][number], string>>;

/** The definition of a metric, without the narrow types of the catalogue. */
export function definitionOf(name: MetricName): Metric {
  return CATALOGUE[name];
}

export const METRIC_NAMES = Object.keys(CATALOGUE) as readonly MetricName[];

export const HOST_METRIC_NAMES: readonly HostMetricName[] = METRIC_NAMES.filter(
  (name): name is HostMetricName => definitionOf(name).group !== 'exporter',
);
