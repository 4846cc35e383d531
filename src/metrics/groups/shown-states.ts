// Which states of a group have a sample: a few always, the others only when there is something to count.

import { TCP_STATES, type TcpState } from '../../model/states.ts';
import type { Counters } from '../counting/counters.ts';

/** Those that operators watch; a series that comes and goes with them could not be alerted on. */
export const WATCHED_STATES: ReadonlySet<TcpState> = new Set(['listen', 'established', 'close_wait']);

/** Calls back for each state to be shown, in the order of TCP_STATES. */
export function forEachShownState(
  counters: Counters,
  visit: (state: TcpState, count: number) => void,
  alwaysShown: ReadonlySet<TcpState> = WATCHED_STATES,
): void {
  for (let code = 0; code < TCP_STATES.length; code++) {
    const state = TCP_STATES[code] as TcpState;
    const count = counters[code] as number;
    if (count > 0 || alwaysShown.has(state)) visit(state, count);
  }
}

/** TCP endpoints in any state. */
export function tcpTotal(counters: Counters): number {
  let total = 0;
  for (let code = 0; code < TCP_STATES.length; code++) total += counters[code] as number;
  return total;
}
