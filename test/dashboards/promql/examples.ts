// For each check of an expression some that it has to refuse; and some that all of them have to let pass.
import type { DialectName } from '../../support/dashboard-files.ts';
import type { EXPRESSION_CHECKS } from './checks.ts';

interface Example {
  /** Where it is not said: scraped. */
  readonly dialect?: DialectName;
  readonly expr: string;
}

interface WrongExample extends Example {
  readonly problem: string;
}

const COUNTER = 'netstat_tcp_segments_sent_total{host_name=""}';
const RATE = `rate(${COUNTER}[5m])`;
const PROCESS = 'netstat_process_tcp_connections{host_name=""}';
const USED = 'netstat_ephemeral_ports_used{host_name=""}';
const RANGE = 'netstat_ephemeral_port_range_ports{host_name=""}';
const BUILD = 'netstat_exporter_build_info{host_name=""}';

export const WRONG_EXPRESSIONS: Readonly<Record<keyof typeof EXPRESSION_CHECKS, readonly WrongExample[]>> = {
  'names metrics, labels and values that there are': [
    { expr: 'netstat_tcp_conections{host_name=""}', problem: 'no metric netstat_tcp_conections' },
    { expr: '{job="netstat"}', problem: 'a selector without a metric' },
    { expr: 'netstat_udp_endpoints{host_name="", state="listen"}', problem: 'no label state' },
    { expr: 'netstat_tcp_connections{host_name="", state="closewait"}', problem: 'state is never closewait' },
    { expr: 'netstat_tcp_connections{host_name="", state=~"listen|closewait"}', problem: 'state is never closewait' },
    { expr: 'netstat_exporter_collection_success{host_name="", part="tcp"}', problem: 'part is never tcp' },
    { expr: 'netstat_tcp_connections', problem: 'hosts of the other dialect' },
    { dialect: 'otlp', expr: 'netstat_process_udp_endpoints{host_name=""}', problem: 'hosts of the other dialect' },
    { dialect: 'otlp', expr: 'netstat_tcp_connections{host_name!=""}', problem: 'no metric netstat_tcp_connections' },
    { dialect: 'otlp', expr: 'system_network_connection_count{host_name!=""}', problem: 'differ in network_transport' },
    { dialect: 'otlp', expr: 'netstat_process_udp_endpoints{host_name!="", process="a"}', problem: 'no label process' },
    {
      dialect: 'otlp',
      expr: 'netstat_port_udp_endpoints{host_name!="", network_local_port!="_other"}',
      problem: 'never _other',
    },
    {
      dialect: 'otlp',
      expr: 'netstat_tcp_active_opens_total{host_name!="", network_type="all"}',
      problem: 'never all',
    },
    { dialect: 'otlp', expr: 'up', problem: 'no metric up' },
  ],
  'groups and joins by labels that its operands have': [
    { expr: `sum by (port) (${PROCESS})`, problem: 'no label port' },
    { expr: `sum by (family) (sum by (job, instance) (${USED}))`, problem: 'no label family' },
    { expr: `sum without (port) (${PROCESS})`, problem: 'no label port' },
    { expr: `${USED} / on (job, instance, process) ${RANGE}`, problem: 'no label process' },
    { expr: `${USED} * on (job, instance) group_left (system) ${BUILD}`, problem: 'no label system' },
    { expr: `sum by (protocol) (${USED}) / ${RANGE}`, problem: 'job,instance,family only at one side' },
    { expr: `${USED} / on (job, instance) ${RANGE}`, problem: 'differing in protocol,family' },
    { expr: `${PROCESS} / on (job, instance) group_left () ${RANGE}`, problem: 'differing in protocol,family' },
    { expr: `${PROCESS} and ${USED}`, problem: 'only at one side' },
  ],
  'asks counters how they grow, and gauges what they are': [
    { expr: `sum(${COUNTER})`, problem: 'a counter without its growth' },
    { expr: `delta(${COUNTER}[5m])`, problem: 'as if it were a gauge' },
    { expr: `rate(${USED}[5m])`, problem: 'no counter' },
    { expr: `rate(sum(${COUNTER})[5m:1m])`, problem: 'the growth of something else' },
    { expr: `increase((${COUNTER} > 0)[5m:])`, problem: 'the growth of something else' },
  ],
  'divides by nothing that can be 0': [
    { expr: `1 / ${RATE}`, problem: 'the divisor can be 0' },
    { expr: `1 / sum(${USED})`, problem: 'the divisor can be 0' },
    { expr: `1 / (${RATE} + ${RATE})`, problem: 'the divisor can be 0' },
    { expr: `1 / (${RANGE} * ${USED})`, problem: 'the divisor can be 0' },
    { expr: `${RATE} / sum(${RATE})`, problem: 'the divisor can be 0' },
    { expr: `${USED} / ${RATE} > 1`, problem: 'the divisor can be 0' },
    { expr: `(${RATE} / ${RATE}) > bool 1`, problem: 'the divisor can be 0' },
    { expr: `1 / 0`, problem: 'the divisor can be 0' },
  ],
};

export const RIGHT_EXPRESSIONS: readonly Example[] = [
  { expr: `sum by (state) (netstat_tcp_connections{host_name="", state!="listen"})` },
  { expr: `max by (protocol) (${USED} / ${RANGE})` },
  { expr: `${RATE} / (${RATE} > 0) or ${RATE}` },
  { expr: `(sum(${RATE}) / sum(${RATE})) > 0.1` },
  { expr: `sum by (job, instance) (${PROCESS}) * on (job, instance) group_left (platform) ${BUILD}` },
  { expr: `sum by (process) (${PROCESS}) / scalar(count(up))` },
  { expr: `time() - max by (job, instance) (netstat_exporter_collection_timestamp_seconds{host_name=""})` },
  {
    expr: `topk(3, sum by (process) (${PROCESS})) and on (process) (deriv(netstat_process_udp_endpoints{host_name=""}[1h]) > 0)`,
  },
  { expr: `changes(netstat_exporter_collections_skipped_total{host_name=""}[1h]) / count_over_time(up[1h])` },
  { expr: `{__name__=~"netstat_process_tcp_connections|netstat_process_udp_endpoints", host_name="", process="a"}` },
  { dialect: 'otlp', expr: 'system_network_connection_count{host_name!="", network_transport="udp"}' },
  { dialect: 'otlp', expr: 'netstat_port_tcp_connections{host_name!="", netstat_folded="true"}' },
  { dialect: 'otlp', expr: 'netstat_port_tcp_connections{host_name!="", network_local_port!=""}' },
];
