// The states of a connection as people know them from other tools.

import { ValueError } from '../../config/error.ts';
import { TCP_STATES, type TcpState } from '../../model/states.ts';

/**
 * What is not TCP_STATES' word in other case or with other separators: netstat's LISTENING and ss' ESTAB and SYN-RECV,
 * SYN_RECV and CLOSE of netstat on Linux. Get-NetTCPConnection (CloseWait, DeleteTCB) and ss (CLOSE-WAIT) differ in
 * no more than that.
 */
const OTHER_NAMES: Readonly<Record<string, TcpState>> = {
  listening: 'listen',
  estab: 'established',
  synrecv: 'syn_received',
  synrcvd: 'syn_received',
  close: 'closed',
};

const STATES: ReadonlyMap<string, TcpState> = new Map([
  ...TCP_STATES.map((state) => [plain(state), state] as const),
  ...Object.entries(OTHER_NAMES),
]);

/** `CLOSE_WAIT`, `CloseWait`, `close-wait` … Throws ValueError. */
export function parseState(text: string): TcpState {
  const state = STATES.get(plain(text));
  if (state === undefined) throw new ValueError('is no state', TCP_STATES.join(', '));
  return state;
}

function plain(text: string): string {
  return text.toLowerCase().replaceAll(/[-_ ]/g, '');
}
