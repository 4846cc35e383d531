// A made-up Windows server with a leak, as it is at each step of its time: the same in each run.
import type { Snapshot } from '../../src/model/snapshot.ts';
import type { TcpState } from '../../src/model/states.ts';
import type { TcpRow, UdpRow } from '../../src/sources/replay/format.ts';
import { ephemeralRanges, snapshotOf } from '../../test/support/snapshots.ts';

/** Addresses of documentation (RFC 5737, RFC 3849). */
const OWN = '192.0.2.10';
const DATABASE = '192.0.2.20';
const PAYMENTS = '203.0.113.80';
const ANY = '0.0.0.0';
const FIRST_EPHEMERAL_PORT = 49_152;
const LAST_PORT = 65_535;

const PROCESSES = [
  [4, 'System'],
  [728, 'lsass.exe', 'KeyIso', 'SamSs'],
  [912, 'svchost.exe', 'RpcEptMapper', 'RpcSs'],
  [1184, 'svchost.exe', 'TermService'],
  [1460, 'svchost.exe', 'Dnscache'],
  [1532, 'svchost.exe', 'W32Time'],
  [2088, 'sqlservr.exe', 'MSSQLSERVER'],
  [3316, 'w3wp.exe', 'W3SVC'],
  [3940, 'w3wp.exe', 'W3SVC'],
  [4572, 'orders-sync.exe', 'OrdersSync'],
  [5208, 'java.exe', 'kafka'],
] as const;

/** Port, owner. */
const LISTENERS = [
  [80, 4],
  [135, 912],
  [443, 4],
  [445, 4],
  [1433, 2088],
  [3389, 1184],
  [5985, 4],
  [9092, 5208],
  [49_664, 728],
] as const;

const UDP: readonly UdpRow[] = [
  [ANY, 123, 1532],
  [ANY, 500, 912],
  [ANY, 3389, 1184],
  [ANY, 5353, 1460],
  [ANY, 5355, 1460],
  ['127.0.0.1', 1434, 2088],
];

/** Visitors of the web server: how many there are goes up and down. */
const VISITORS = 60;
const MORE_VISITORS = 25;
const STEPS_OF_A_WAVE = 24;
/** Visitors that are others from step to step, of so many. */
const CHANGING_EVERY = 9;
/** Their numbers are nobody else's, and no other step's nearby. */
const FIRST_CHANGING = 200;
const OTHERS = 100;
const DIFFERENT_STEPS = 15;
/** How many connections the leak has at first, and how many more with each step. */
const LEAKED = 12;
const LEAKED_A_STEP = 2;

export function madeUpServer(step: number, timestampMs: number): Snapshot {
  const tcp4 = [
    ...LISTENERS.map(([port, pid]) => listener(ANY, port, pid)),
    ...visitors(step),
    ...pools(step),
    ...leak(step),
  ];
  const tcp6 = LISTENERS.slice(0, 6).map(([port, pid]) => listener('::', port, pid));
  const rows = {
    os: 'windows',
    tcp4,
    tcp6,
    udp4: UDP,
    udp6: [['::', 123, 1532]],
    processes: PROCESSES,
    ephemeralRanges: ephemeralRanges(FIRST_EPHEMERAL_PORT, LAST_PORT),
  } as const;
  return { ...snapshotOf(rows), timestampMs };
}

function listener(address: string, port: number, pid: number): TcpRow {
  return ['listen', address, port, address, 0, pid];
}

/** Some of them leave with each step and are nobody's for a while, and others come. */
function visitors(step: number): readonly TcpRow[] {
  const wave = (1 - Math.cos((2 * Math.PI * step) / STEPS_OF_A_WAVE)) / 2;
  const count = Math.round(VISITORS + MORE_VISITORS * wave);
  return Array.from({ length: count }, (_, i) => {
    const visit = i % CHANGING_EVERY === 0 ? FIRST_CHANGING + OTHERS * (step % DIFFERENT_STEPS) + i : i;
    const left = i % CHANGING_EVERY === 4 && (step + i) % 4 === 0;
    const [state, pid]: readonly [TcpState, number] = left ? ['time_wait', 0] : ['established', 4];
    return [state, OWN, 443, `198.51.100.${20 + (visit % 40)}`, 50_000 + visit * 7, pid];
  });
}

/** The web server's and the broker's connections to the database, which stay. */
function pools(step: number): readonly TcpRow[] {
  const toDatabase = Array.from({ length: 24 }, (_, i): TcpRow => {
    return ['established', OWN, 51_200 + i * 3, DATABASE, 1433, i % 2 === 0 ? 3316 : 3940];
  });
  const toBroker = Array.from({ length: 8 }, (_, i): TcpRow => {
    return ['established', OWN, 9092, `192.0.2.${30 + i}`, 52_000 + i, 5208];
  });
  return [...toDatabase, ...toBroker, ['syn_sent', OWN, 53_000 + (step % 100), '203.0.113.99', 25, 4572]];
}

/** The other side has closed them, and the program never does; the latest is about to be one of them. */
function leak(step: number): readonly TcpRow[] {
  const count = LEAKED + LEAKED_A_STEP * step;
  return Array.from({ length: count }, (_, i): TcpRow => {
    const state = i < count - LEAKED_A_STEP ? 'close_wait' : 'established';
    return [state, OWN, 54_000 + i, PAYMENTS, 443, 4572];
  });
}
