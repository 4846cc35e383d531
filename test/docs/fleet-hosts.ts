// The made-up hosts that docs/fleet.md calculates with: Windows servers of three sizes, of which everything could be read.
import type { Snapshot } from '../../src/model/snapshot.ts';
import type { TcpState } from '../../src/model/states.ts';
import type { TcpStatistics, UdpStatistics } from '../../src/model/statistics.ts';
import type { TcpRow, UdpRow } from '../../src/sources/replay/format.ts';
import { ephemeralRanges, snapshotOf } from '../support/snapshots.ts';

export interface HostSize {
  /** Those that have endpoints. */
  readonly processes: number;
  /** TCP ports that are listened on, in both families. */
  readonly ports: number;
  /** All rows of TCP and UDP. */
  readonly endpoints: number;
}

export const HOST_SIZES = {
  small: { processes: 25, ports: 15, endpoints: 150 },
  typical: { processes: 60, ports: 40, endpoints: 500 },
  busy: { processes: 150, ports: 120, endpoints: 5_000 },
} as const satisfies Readonly<Record<string, HostSize>>;

const FIRST_PID = 1_000;
const FIRST_PORT = 8_000;
const FIRST_EPHEMERAL_PORT = 49_152;
const LAST_PORT = 65_535;
/** One endpoint in so many is UDP. */
const UDP_EVERY = 10;
/** By turns. */
const STATES: readonly TcpState[] = ['established', 'established', 'time_wait', 'established', 'established'];

const TCP_STATISTICS: TcpStatistics = {
  rtoAlgorithm: 4,
  rtoMinMs: 300,
  rtoMaxMs: 60_000,
  activeOpens: 1_203_450,
  passiveOpens: 981_110,
  attemptFails: 1_204,
  establishedResets: 3_110,
  currentEstablished: 211,
  segmentsReceived: 88_123_456,
  segmentsSent: 90_123_456,
  segmentsRetransmitted: 40_211,
  receiveErrors: 3,
  resetsSent: 2_290,
  currentConnections: 311,
};
const UDP_STATISTICS: UdpStatistics = {
  datagramsReceived: 1_002_003,
  datagramsSent: 1_001_001,
  datagramsNoPort: 4_411,
  receiveErrors: 12,
  currentEndpoints: 50,
};

export function madeHost(size: HostSize): Snapshot {
  const rows = rowsOf(size);
  const processes = Array.from({ length: size.processes }, (_, i) => {
    return [FIRST_PID + i, `application-${i}.exe`, `Application${i}`] as const;
  });
  return snapshotOf({
    ...rows,
    os: 'windows',
    processes,
    statistics: { tcp4: TCP_STATISTICS, tcp6: TCP_STATISTICS, udp4: UDP_STATISTICS, udp6: UDP_STATISTICS },
    ephemeralRanges: ephemeralRanges(FIRST_EPHEMERAL_PORT, LAST_PORT),
  });
}

function rowsOf({ processes, ports, endpoints }: HostSize) {
  const tcp4: TcpRow[] = [];
  const tcp6: TcpRow[] = [];
  const udp4: UdpRow[] = [];
  const pidOf = (i: number): number => FIRST_PID + (i % processes);
  for (let i = 0; i < ports; i++) {
    tcp4.push(['listen', '0.0.0.0', FIRST_PORT + i, '0.0.0.0', 0, pidOf(i)]);
    tcp6.push(['listen', '::', FIRST_PORT + i, '::', 0, pidOf(i)]);
  }
  for (let i = 0; i < endpoints - 2 * ports; i++) {
    if (i % UDP_EVERY === 0) udp4.push(['192.0.2.1', FIRST_EPHEMERAL_PORT + i, pidOf(i)]);
    else tcp4.push(connection(i, pidOf(i), FIRST_PORT + (i % ports)));
  }
  return { tcp4, tcp6, udp4 };
}

/** Every other one is of a client, from an ephemeral port. */
function connection(i: number, pid: number, listeningPort: number): TcpRow {
  const state = STATES[i % STATES.length] ?? 'established';
  const remote = `198.51.100.${i % 250}`;
  const owner = state === 'time_wait' ? 0 : pid;
  return i % 2 === 0
    ? [state, '192.0.2.1', FIRST_EPHEMERAL_PORT + i, remote, 443, owner]
    : [state, '192.0.2.1', listeningPort, remote, FIRST_EPHEMERAL_PORT + i, owner];
}
