// The counts of a group by state: a few states always have a sample, the others only when there is something to count.

import { TCP_STATES, type TcpState } from '../../model/states.ts';
import type { Labels, MetricName } from '../catalogue.ts';
import type { Counters } from '../counting/counters.ts';
import type { FamilyBuilder } from '../samples.ts';

type StatesName =
  | 'netstat_process_tcp_connections'
  | 'netstat_port_tcp_connections'
  | 'netstat_destination_tcp_connections';

/** The labels of a metric but for the state. */
export type GroupLabels<Name extends MetricName & StatesName> = Omit<Labels<Name>, 'state'>;

/** Those that operators watch: a series that comes and goes could not be alerted on. */
const WATCHED_STATES: ReadonlySet<TcpState> = new Set(['listen', 'established', 'close_wait']);
/** No connection to elsewhere listens. */
export const WATCHED_OUTBOUND_STATES: ReadonlySet<TcpState> = new Set(['established', 'close_wait']);

/** Adds a sample for each state that is `watched` or not 0, in the order of TCP_STATES. */
export function addStates<Name extends StatesName>(
  families: FamilyBuilder,
  name: Name,
  labels: GroupLabels<Name>,
  counters: Counters,
  watched: ReadonlySet<TcpState> = WATCHED_STATES,
): void {
  // One object for all states: thousands of samples would make a hundred kilobytes of them.
  const own = { ...labels, state: '' };
  for (let code = 0; code < TCP_STATES.length; code++) {
    const state = TCP_STATES[code] as TcpState;
    const count = counters[code] as number;
    if (count === 0 && !watched.has(state)) continue;
    own.state = state;
    families.add(name, own as Labels<Name>, count);
  }
}

/** TCP endpoints in any state. */
export function tcpTotal(counters: Counters): number {
  let total = 0;
  for (let code = 0; code < TCP_STATES.length; code++) total += counters[code] as number;
  return total;
}
