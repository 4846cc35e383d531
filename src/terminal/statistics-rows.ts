// The MIB counters in words, in the order in which a person is shown them.

import type { TcpStatistics, UdpStatistics } from '../model/statistics.ts';

/**
 * What a number is. A counter only grows, and wraps where it has 32 bits. On Windows that is every one of them but those
 * that may be wide: MIB_TCPSTATS2 and MIB_UDPSTATS2 have 64 bits for these alone. On Linux all are unsigned longs.
 */
export type StatisticKind = 'counter' | 'counter-perhaps-wide' | 'gauge' | 'algorithm';

export interface StatisticRow<Field extends string> {
  readonly field: Field;
  /** Short enough for a line of 80 columns with two families and what they grow by. */
  readonly words: string;
  readonly kind: StatisticKind;
}

/** All of them, each once. */
type Rows<Statistics> = readonly StatisticRow<Extract<keyof Statistics, string>>[];

export const TCP_ROWS: Rows<TcpStatistics> = [
  { field: 'currentEstablished', words: 'Connections established', kind: 'gauge' },
  { field: 'currentConnections', words: 'Connections in any state', kind: 'gauge' },
  { field: 'maxConnections', words: 'Connections allowed', kind: 'gauge' },
  { field: 'activeOpens', words: 'Connections opened from here', kind: 'counter' },
  { field: 'passiveOpens', words: 'Connections opened to here', kind: 'counter' },
  { field: 'attemptFails', words: 'Connection attempts failed', kind: 'counter' },
  { field: 'establishedResets', words: 'Established connections reset', kind: 'counter' },
  { field: 'segmentsReceived', words: 'Segments received', kind: 'counter-perhaps-wide' },
  { field: 'segmentsSent', words: 'Segments sent', kind: 'counter-perhaps-wide' },
  { field: 'segmentsRetransmitted', words: 'Segments sent again', kind: 'counter' },
  { field: 'receiveErrors', words: 'Segments received with an error', kind: 'counter' },
  { field: 'resetsSent', words: 'Resets sent', kind: 'counter' },
  { field: 'rtoAlgorithm', words: 'Retransmission: algorithm', kind: 'algorithm' },
  { field: 'rtoMinMs', words: 'Retransmission: shortest wait, ms', kind: 'gauge' },
  { field: 'rtoMaxMs', words: 'Retransmission: longest wait, ms', kind: 'gauge' },
];

export const UDP_ROWS: Rows<UdpStatistics> = [
  { field: 'currentEndpoints', words: 'Endpoints', kind: 'gauge' },
  { field: 'datagramsReceived', words: 'Datagrams received', kind: 'counter-perhaps-wide' },
  { field: 'datagramsSent', words: 'Datagrams sent', kind: 'counter-perhaps-wide' },
  { field: 'datagramsNoPort', words: 'Datagrams to a port nobody has', kind: 'counter' },
  { field: 'receiveErrors', words: 'Datagrams not delivered', kind: 'counter' },
  { field: 'receiveBufferErrors', words: 'Dropped: receive buffer was full', kind: 'counter' },
  { field: 'sendBufferErrors', words: 'Dropped: send buffer was full', kind: 'counter' },
];
