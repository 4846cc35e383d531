// The expressions of port exhaustion: ports left, and what each process and each destination has of them.
import { matches, type Promql } from '../../queries/promql.ts';

export const DAY_SECONDS = 86_400;

/** How long a port rests after a connection: `TCP_TIMEWAIT_LEN` of Linux, the documented time of Windows (docs/port-exhaustion.md). */
const TIME_WAIT_SECONDS = { linux: 60, windows: 240 } as const;

export function portsLeft({ series }: Promql): string {
  return `${series('netstat_ephemeral_port_range_ports')} - ${series('netstat_ephemeral_ports_used')}`;
}

/**
 * Seconds until a range is used up, if its use goes on to grow as in the last quarter of an hour. 0 where it is full, at
 * most a day, and a day as well where it does not grow: whoever asks always gets an answer.
 */
export function secondsUntilFull({ series }: Promql): string {
  const used = series('netstat_ephemeral_ports_used');
  const ports = series('netstat_ephemeral_port_range_ports');
  const growing = `(${ports} - ${used}) / (deriv(${used}[15m]) > 0)`;
  return `clamp(${growing}, 0, ${DAY_SECONDS}) or ${DAY_SECONDS} * (${ports} > bool ${used})`;
}

/** The connections that the hosts open, as a share of the rate at which TIME_WAIT would use up their ranges. */
export function openedShare({ series, by, on }: Promql, opened: string): string {
  const ports = `max ${by('host')} (${series('netstat_ephemeral_port_range_ports', { protocol: 'tcp' })})`;
  // Only Windows keeps this one; the exporter's own platform is not the host's in a recording.
  const windows = series('netstat_tcp_current_connections');
  const linuxRate = `${ports} / ${TIME_WAIT_SECONDS.linux} unless ${on('host')} ${windows}`;
  return `${opened} / ${on('host')} (${linuxRate} or ${ports} / ${TIME_WAIT_SECONDS.windows})`;
}

/** The connections of a process in a state: 0 where it has none, if the host tells the state at all. */
export function connectionsOfProcess(processes: Promql, hosts: Promql, state: string): string {
  const { series, by, on } = processes;
  const ofProcess = by('host', 'process', 'services');
  const counted = `sum ${ofProcess} (${series('netstat_process_tcp_connections', { state })})`;
  const tcp = series('netstat_process_tcp_connections', { state: 'established' });
  // Of UDP alone, too: then it has no TCP.
  const there = `(${tcp} or ${series('netstat_process_ephemeral_ports_used')})`;
  return `${counted} or 0 * sum ${ofProcess} ${there} and ${on('host')} ${hosts.series('netstat_tcp_connections', { state })}`;
}

/** The ephemeral ports of a process, of both protocols: 0 where it has none, if the host's could be read. */
export function portsOfProcess(processes: Promql, hosts: Promql, ...labels: readonly 'services'[]): string {
  const { series, by, on } = processes;
  const ofProcess = by('host', 'process', ...labels);
  const counted = `sum ${ofProcess} (${series('netstat_process_ephemeral_ports_used')})`;
  const zeros = `0 * sum ${ofProcess} (${series('netstat_process_tcp_connections', { state: 'established' })})`;
  const read = hosts.series('netstat_ephemeral_ports_used', { protocol: 'tcp' });
  return `${counted} or ${zeros} and ${on('host')} ${read}`;
}

/** The UDP endpoints of a process: 0 where it has none, if they could be read. */
export function udpOfProcess({ series, by, on }: Promql, hosts: Promql): string {
  const ofProcess = by('host', 'process');
  const counted = `sum ${ofProcess} (${series('netstat_process_udp_endpoints')})`;
  const zeros = `0 * sum ${ofProcess} (${series('netstat_process_tcp_connections', { state: 'established' })})`;
  const read = hosts.series('netstat_exporter_collection_success', { part: matches('udp4|udp6') });
  return `${counted} or ${zeros} unless ${on('host')} (${read} == 0)`;
}

/** The ephemeral ports of a process, as a share of the range of their protocol: of TCP or UDP, whichever is more. */
export function shareOfProcess(processes: Promql, hosts: Promql): string {
  const { series, by, on } = processes;
  const grouping = by('host', 'protocol', 'process', 'services');
  const ports = `sum ${grouping} (${series('netstat_process_ephemeral_ports_used')})`;
  const range = `max ${by('host', 'protocol')} (${hosts.series('netstat_ephemeral_port_range_ports')})`;
  return `max ${by('host', 'process', 'services')} (${ports} / ${on('host', 'protocol')} group_left () ${range})`;
}
