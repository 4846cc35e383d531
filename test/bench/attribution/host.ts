// The snapshots of a busy host: half of the endpoints are clients', a tenth UDP, a tenth IPv6; of the connections some are in each of a few states.
import type { Process } from '../../../src/model/processes.ts';
import type { Snapshot } from '../../../src/model/snapshot.ts';
import {
  ADDRESS_FAMILIES,
  type AddressFamily,
  createTcpTable,
  createUdpTable,
  PROTOCOLS,
  type TcpTable,
  type UdpTable,
} from '../../../src/model/sockets.ts';
import { TCP_STATE_CODE, type TcpState } from '../../../src/model/states.ts';

export interface BusyHost {
  readonly endpoints: number;
  readonly processes: number;
  readonly listeningPorts: number;
}

const EPHEMERAL = { first: 32_768, last: 60_999 };
/** Connections, of a hundred, whose remote end and local port are others in the next round. */
const CHURN_PERCENT = 10;

/** Rounds differ in what has changed; the same round is the same each time. */
export function snapshotOf({ endpoints, processes, listeningPorts }: BusyHost, round: number): Snapshot {
  const random = generator(1);
  const changed = generator(round + 2);
  const pick = (below: number): number => (random(100) < CHURN_PERCENT ? changed(below) : random(below));
  const pid = (): number => 4 * (1 + random(processes));
  const ipv6Rows = endpoints / 10;
  const udpRows = endpoints / 10;
  const tcp = (family: AddressFamily, rows: number, listeners: number): TcpTable => {
    const table = createTcpTable(family, rows);
    for (let row = 0; row < rows; row++) {
      setLocal(table, row, pid());
      const isServer = row % 2 === 0;
      if (row < listeners) {
        table.state[row] = TCP_STATE_CODE.listen;
        table.localPort[row] = 1000 + row;
        continue;
      }
      table.state[row] = TCP_STATE_CODE[stateOf(random(100))];
      table.localPort[row] = isServer ? 1000 + random(listeningPorts) : EPHEMERAL.first + pick(28_000);
      table.remotePort[row] = isServer ? EPHEMERAL.first + pick(28_000) : 440 + random(20);
      const words = table.remoteAddress.length / table.pid.length;
      table.remoteAddress[row * words + words - 1] = pick(isServer ? 1_000_000 : 5_000);
      if (table.state[row] === TCP_STATE_CODE.time_wait) table.pid[row] = 0;
    }
    return table;
  };
  const udp = (family: AddressFamily, rows: number): UdpTable => {
    const table = createUdpTable(family, rows);
    for (let row = 0; row < rows; row++) {
      setLocal(table, row, pid());
      table.localPort[row] = row % 20 === 0 ? 2000 + random(300) : EPHEMERAL.first + pick(28_000);
    }
    return table;
  };
  return {
    os: 'windows',
    timestampMs: 0,
    bootTimeMs: 0,
    parts: Object.fromEntries(['tcp4', 'tcp6', 'udp4', 'udp6'].map((part) => [part, { durationMs: 0 }])),
    hasBound: true,
    tables: {
      tcp4: tcp('ipv4', endpoints - ipv6Rows - udpRows, listeningPorts),
      tcp6: tcp('ipv6', ipv6Rows, listeningPorts / 2),
      udp4: udp('ipv4', udpRows / 2),
      udp6: udp('ipv6', udpRows / 2),
    },
    statistics: {},
    processes: new Map(Array.from({ length: processes }, (_, i) => [4 * (i + 1), processOf(i)])),
    ephemeralRanges: PROTOCOLS.flatMap((protocol) =>
      ADDRESS_FAMILIES.map((family) => ({ ...EPHEMERAL, protocol, family, source: 'wmi' as const, reserved: [] })),
    ),
  };
}

/** All of different names, but for those that a name rule tells apart. */
function processOf(index: number): Process {
  const pid = 4 * (index + 1);
  if (index % 100 === 7) return { pid, name: 'image7.exe', services: [], commandLine: `image7.exe -id ${index}` };
  return { pid, name: `image${index}.exe`, services: index % 10 === 0 ? [`Service${index}`] : [] };
}

function setLocal(table: UdpTable, row: number, pid: number): void {
  table.pid[row] = pid;
  const words = table.localAddress.length / table.pid.length;
  table.localAddress[row * words] = 0x0100_000a;
}

function stateOf(percent: number): TcpState {
  if (percent < 70) return 'established';
  if (percent < 85) return 'time_wait';
  if (percent < 95) return 'close_wait';
  return percent < 98 ? 'fin_wait_2' : 'syn_sent';
}

/** Numerical Recipes' linear congruential generator: the same host each time. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
