// What the panels ask about the chosen process, and what tells that 0 is the answer.
import type { Condition } from '../../queries/dialect.ts';
import { orZero } from '../../queries/expressions.ts';
import type { Promql } from '../../queries/promql.ts';

/** The variable: one process. */
const process = '$process';

export interface OfProcess {
  /** Its TCP connections, of one state or of all. */
  tcp(state?: string | Condition): string;
  readonly udp: string;
  /** What it listens on, of one protocol or of both. */
  listeners(protocol?: 'tcp' | 'udp'): string;
  readonly ephemeralPorts: string;
  readonly oldestCloseWait: string;
  /** Where its connections go, of one state or of all. */
  destinations(state?: string): string;
  /** What it has of TCP and UDP, or had in the window: there are series wherever it is, or was. */
  readonly endpoints: string;
  /** Its TCP connections by host, of one state or all but listeners: 0 where it has none. */
  tcpByHost(state: string | Condition): string;
}

/**
 * Without a window, 0 is for hosts where the process is; with one also for those where it was: `_none`, which can be chosen
 * first, comes and goes.
 */
export function ofProcess({ series, by, on }: Promql, window?: '$__range'): OfProcess {
  const tcp = (state?: string | Condition): string =>
    series('netstat_process_tcp_connections', { process, ...of(state) });
  const udp = series('netstat_process_udp_endpoints', { process });
  const seen = (endpoints: string): string =>
    window === undefined ? endpoints : `last_over_time(${endpoints}[${window}])`;
  const endpoints = `(${seen(tcp())} or ${seen(udp)})`;
  const tcpThere = `${endpoints} and ${on('host')} ${series('netstat_process_tcp_connections')}`;
  return {
    tcp,
    udp,
    listeners: (protocol) =>
      series('netstat_listener_info', { process, ...(protocol === undefined ? {} : { protocol }) }),
    ephemeralPorts: series('netstat_process_ephemeral_ports_used', { process }),
    oldestCloseWait: series('netstat_process_close_wait_oldest_seconds', { process }),
    destinations: (state) => series('netstat_destination_tcp_connections', { process, ...of(state) }),
    endpoints,
    tcpByHost: (state) => orZero(`sum ${by('host')} (${tcp(state)})`, tcpThere, by('host')),
  };
}

function of<State>(state: State | undefined): { readonly state?: State } {
  return state === undefined ? {} : { state };
}
