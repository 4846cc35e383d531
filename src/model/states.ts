// The states of a TCP connection, as both operating systems and all outputs of this program know them.

/**
 * Spelled as the OpenTelemetry semantic conventions spell `network.connection.state`; the order is that of Windows'
 * numbers (1..12), so that there a state is its index plus one. `bound` is a socket that holds a port without being
 * connected; `unknown` is a number that the OS reported and nobody documented.
 */
export const TCP_STATES = [
  'closed',
  'listen',
  'syn_sent',
  'syn_received',
  'established',
  'fin_wait_1',
  'fin_wait_2',
  'close_wait',
  'closing',
  'last_ack',
  'time_wait',
  'delete_tcb',
  'bound',
  'unknown',
] as const;

export type TcpState = (typeof TCP_STATES)[number];

/** A state's code is its index in TCP_STATES: this is what the `state` column of a TcpTable holds. */
export const TCP_STATE_CODE = Object.freeze(
  Object.fromEntries(TCP_STATES.map((state, code) => [state, code])),
) as Readonly<Record<TcpState, number>>;
