// The MIB counters of TCP and UDP (RFC 4022, RFC 4113), as far as an operating system keeps them.

/**
 * A field that the OS does not keep, or that could not be read, is absent: it is never 0 instead.
 * Counters are the OS's own numbers: 32-bit ones wrap.
 */
export interface TcpStatistics {
  /** 1 other, 2 constant, 3 rsre, 4 vanj, 5 rfc2988; an unknown number stays a number. */
  readonly rtoAlgorithm?: number;
  readonly rtoMinMs?: number;
  readonly rtoMaxMs?: number;
  /** Absent where the limit is dynamic. */
  readonly maxConnections?: number;
  readonly activeOpens?: number;
  readonly passiveOpens?: number;
  readonly attemptFails?: number;
  readonly establishedResets?: number;
  /** established + close_wait. */
  readonly currentEstablished?: number;
  readonly segmentsReceived?: number;
  readonly segmentsSent?: number;
  readonly segmentsRetransmitted?: number;
  readonly receiveErrors?: number;
  readonly resetsSent?: number;
  /** Connections without listeners; Windows. */
  readonly currentConnections?: number;
}

export interface UdpStatistics {
  readonly datagramsReceived?: number;
  readonly datagramsSent?: number;
  /** Received for a port that nobody has bound. */
  readonly datagramsNoPort?: number;
  readonly receiveErrors?: number;
  /** Linux. */
  readonly receiveBufferErrors?: number;
  /** Linux. */
  readonly sendBufferErrors?: number;
  /** Windows. */
  readonly currentEndpoints?: number;
}
