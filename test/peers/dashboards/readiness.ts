// Waits until a store has seen all incidents, and enough of each host.
import type { DialectName } from '../../support/dashboard-files.ts';
import { eventually } from '../eventually.ts';
import { translate } from '../series.ts';
import type { Store } from '../store.ts';
import { HOST_LABELS, type Host } from './hosts.ts';
import { CULPRITS } from './incidents.ts';

/** For all of it to be there: much more than a slow machine needs. */
const PATIENCE_MS = 300_000;
/** Half a minute of them. */
const SAMPLES = 30;

type Labels = Readonly<Record<string, string>>;
/** A selector in the words of the store's dialect, from one in those of /metrics. */
type Select = (name: string, labels?: Labels) => string;

/** Resolves when the store has it all; rejects with what it lacks. The hosts are values of the label that tells them apart. */
export async function untilIncidentsAreSeen(
  store: Store,
  dialect: DialectName,
  { busy, ...healthy }: Readonly<Record<Host, string>>,
): Promise<void> {
  const selectOn =
    (host: string): Select =>
    (metric, labels = {}) => {
      const series = { name: metric, labels, value: 0 };
      const { name, labels: matchers } = dialect === 'otlp' ? translate(series) : series;
      const all = Object.entries({ ...matchers, [HOST_LABELS[dialect]]: host });
      return `${name}{${all.map(([label, value]) => `${label}="${value}"`).join(',')}}`;
    };
  const expected = [
    ...incidentsOf(selectOn(busy)),
    ...[busy, ...Object.values(healthy)].map((host) => enoughOf(selectOn(host))),
  ];
  for (const expression of expected)
    await eventually(
      `the ${dialect} data has ${expression}`,
      async () => (await store.query(expression)).length > 0 || undefined,
      PATIENCE_MS,
    );
}

function incidentsOf(select: Select): readonly string[] {
  const { leak, exhaustion, scan, udp, restarts, ordinary } = CULPRITS;
  const connections = (labels: Labels): string => select('netstat_process_tcp_connections', labels);
  const onPort = (port: number, state: string): string =>
    select('netstat_port_tcp_connections', { port: String(port), state });
  const rate = (metric: string): string => `sum(rate(${select(metric)}[15s])) > 0`;
  return [
    `${connections({ process: leak.process, state: 'close_wait' })} > 5`,
    select('netstat_process_close_wait_oldest_seconds', { process: leak.process }),
    `${select('netstat_process_ephemeral_ports_used', { protocol: 'tcp', process: exhaustion.process })} > ${0.8 * exhaustion.ports}`,
    `${select('netstat_destination_tcp_connections', { process: exhaustion.process, state: 'established' })} > 0`,
    `${onPort(scan.port, 'syn_received')} > 0`,
    `${connections({ process: scan.process, state: 'syn_received' })} > 0`,
    `${select('netstat_process_udp_endpoints', { process: udp.process })} > 1000`,
    `${onPort(restarts.port, 'time_wait')} > 0`,
    `${onPort(ordinary.port, 'time_wait')} > 0`,
    `${connections({ process: '_none', state: 'time_wait' })} > 0`,
    `${connections({ process: ordinary.process, state: 'established' })} > 0`,
    rate('netstat_udp_datagrams_no_port_total'),
    rate('netstat_tcp_attempt_fails_total'),
    rate('netstat_tcp_established_resets_total'),
    rate('netstat_tcp_segments_retransmitted_total'),
    rate('netstat_tcp_resets_sent_total'),
  ];
}

function enoughOf(select: Select): string {
  return `count_over_time(${select('netstat_exporter_collection_timestamp_seconds')}[5m]) >= ${SAMPLES}`;
}
