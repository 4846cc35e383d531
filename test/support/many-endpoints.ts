// A made-up host with as many endpoints as one likes, of many processes, ports and states.
import type { Snapshot } from '../../src/model/snapshot.ts';
import type { TcpState } from '../../src/model/states.ts';
import type { TcpRow, UdpRow } from '../../src/sources/replay/format.ts';
import { snapshotOf } from './snapshots.ts';

const PROCESSES = 200;
const LISTENERS = 100;
const FIRST_PID = 1_000;
const FIRST_LISTENING_PORT = 8_000;
const FIRST_EPHEMERAL_PORT = 32_768;
const EPHEMERAL_PORTS = 28_000;
/** One in so many is UDP. */
const UDP_EVERY = 20;
/** By turns: mostly what hosts have most of. */
const STATES: readonly TcpState[] = [
  'established',
  'established',
  'established',
  'time_wait',
  'established',
  'close_wait',
];

/** So many endpoints in all; the same each time. */
export function manyEndpoints(count: number): Snapshot {
  const tcp4: TcpRow[] = [];
  const udp4: UdpRow[] = [];
  for (let i = 0; i < count; i++) {
    const pid = FIRST_PID + (i % PROCESSES);
    const listeningPort = FIRST_LISTENING_PORT + (i % LISTENERS);
    if (i < LISTENERS) tcp4.push(['listen', '0.0.0.0', listeningPort, '0.0.0.0', 0, pid]);
    else if (i % UDP_EVERY === 0) udp4.push(['192.0.2.1', FIRST_EPHEMERAL_PORT + (i % EPHEMERAL_PORTS), pid]);
    else tcp4.push(connection(i, listeningPort, pid));
  }
  const processes = Array.from({ length: PROCESSES }, (_, i) => {
    return [FIRST_PID + i, `server-${i}`, `server-${i}.service`] as const;
  });
  return snapshotOf({ tcp4, udp4, processes });
}

function connection(i: number, listeningPort: number, pid: number): TcpRow {
  const state = STATES[i % STATES.length] ?? 'established';
  const remote = `198.51.${(i >> 8) & 0xff}.${i & 0xff}`;
  const remotePort = FIRST_EPHEMERAL_PORT + (i % EPHEMERAL_PORTS);
  return [state, '192.0.2.1', listeningPort, remote, remotePort, state === 'time_wait' ? 0 : pid];
}
