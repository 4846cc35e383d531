// The kernel's numbers of TCP states (include/net/tcp_states.h) as the codes of TCP_STATES.

import { TCP_STATE_CODE, type TcpState } from '../../model/states.ts';

/** `new_syn_recv` (12) is how the kernel itself keeps a handshake; it mostly shows it as 3. */
const NAMES: readonly (readonly [number, TcpState])[] = [
  [1, 'established'],
  [2, 'syn_sent'],
  [3, 'syn_received'],
  [4, 'fin_wait_1'],
  [5, 'fin_wait_2'],
  [6, 'time_wait'],
  [7, 'closed'],
  [8, 'close_wait'],
  [9, 'last_ack'],
  [10, 'listen'],
  [11, 'closing'],
  [12, 'syn_received'],
];

/** State code by the kernel's number, 256 entries; `unknown` for a number without a name. */
export const STATE_CODES = stateCodes(NAMES);

/** The same for sock_diag, which gives sockets that are bound and not connected (asked for by bit 13) the number 7. */
export const SOCK_DIAG_STATE_CODES = stateCodes([...NAMES, [7, 'bound']]);

/** A request's mask with all states, 1 to 12, and 13 for the bound ones (Linux 6.8; earlier kernels ignore it). */
export const ALL_STATES_MASK = 0b11_1111_1111_1110;

function stateCodes(names: readonly (readonly [number, TcpState])[]): Uint8Array {
  const codes = new Uint8Array(256).fill(TCP_STATE_CODE.unknown);
  for (const [number, name] of names) codes[number] = TCP_STATE_CODE[name];
  return codes;
}
