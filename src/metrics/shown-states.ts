// Which states of a group have a sample: a few always, the others only when there is something to count.

import { TCP_STATES, type TcpState } from '../model/states.ts';
import type { Counters } from './counters.ts';

/** Those that operators watch; a series that comes and goes with them could not be alerted on. */
const ALWAYS_SHOWN: ReadonlySet<TcpState> = new Set(['listen', 'established', 'close_wait']);

/** Calls back for each state to be shown, in the order of TCP_STATES. */
export function forEachShownState(counters: Counters, visit: (state: TcpState, count: number) => void): void {
  for (const [code, state] of TCP_STATES.entries()) {
    const count = counters[code] ?? 0;
    if (count > 0 || ALWAYS_SHOWN.has(state)) visit(state, count);
  }
}

/** TCP endpoints in any state. */
export function tcpTotal(counters: Counters): number {
  let total = 0;
  for (let code = 0; code < TCP_STATES.length; code++) total += counters[code] ?? 0;
  return total;
}
