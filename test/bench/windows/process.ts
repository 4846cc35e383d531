// One process of the benchmark: `process.ts YARDSTICK STANDIN ROWS` prints the medians as JSON.
import { Aggregator } from '../../../src/metrics/aggregate.ts';
import { EndpointCounter } from '../../../src/metrics/counting/endpoint-counts.ts';
import { EphemeralPorts } from '../../../src/metrics/counting/ephemeral-ports.ts';
import type { Snapshot } from '../../../src/model/snapshot.ts';
import { openSource } from '../../sources/windows/standin-source.ts';
import { DEFAULT_SETTINGS } from '../../support/settings.ts';
import { type Endpoint, loadStandin, type Standin } from '../../worlds/standin/standin.ts';
import { mediansByTurns, timed } from '../harness/by-turns.ts';
import { loadYardstick } from '../yardstick/yardstick.ts';

/** Times in milliseconds, memory in megabytes. */
export interface WindowsMedians {
  /** The first collection of each, in fresh memory. */
  readonly firstC: number;
  readonly first: number;
  /** Each further one: the calls alone, C's, what of this program's is the same, and all of this program's. */
  readonly calls: number;
  readonly c: number;
  readonly counting: number;
  readonly collection: number;
  /** Resident memory that this program's first collections have added. */
  readonly addedMb: number;
}

/** Rows of an endpoint, each of a process of its own: that many processes there are. */
const COPIES = 250;
/** Enough to find the memory that they need from then on. */
const FURTHER_COLLECTIONS = 10;
const MEGABYTE = 2 ** 20;
const [LISTEN, ESTABLISHED, FIN_WAIT_2, CLOSE_WAIT] = [2, 5, 7, 8];
const SERVER_PORT = 443;
const FIRST_EPHEMERAL = 49_152;
const EPHEMERAL_PORTS = 16_384;

const [yardstickFile = '', standinFile = '', rows = ''] = process.argv.slice(2);
process.stdout.write(JSON.stringify(medians(Number(rows))));

function medians(rows: number): WindowsMedians {
  const { libraries } = scripted(rows);
  const yardstick = loadYardstick(yardstickFile);
  yardstick.open(libraries.iphlpapi);
  const before = process.memoryUsage.rss();
  const source = openSource(libraries);
  const aggregator = new Aggregator(DEFAULT_SETTINGS);
  let spent: Snapshot | undefined;
  const read = (): Snapshot => {
    spent = source.read(spent);
    return spent;
  };
  const counter = new EndpointCounter();
  const ephemeral = new EphemeralPorts();
  const count = (): void => void counter.count(read(), ephemeral, []);
  const collect = (): void => void aggregator.aggregate(read(), performance.now());
  const first = timed(collect);
  check(spent, rows);
  for (let further = 0; further < FURTHER_COLLECTIONS; further++) collect();
  const addedMb = (process.memoryUsage.rss() - before) / MEGABYTE;
  const measured = mediansByTurns({
    counting: () => timed(count),
    collection: () => timed(collect),
    calls: () => yardstick.read(),
    c: () => yardstick.collect('kept'),
  });
  const firstC = yardstick.collect('fresh');
  source.close();
  return { firstC, first, ...measured, addedMb };
}

function scripted(rows: number): Standin {
  const standin = loadStandin(standinFile);
  const endpoints = Array.from({ length: rows / COPIES }, (_, index) => endpoint(index));
  standin.table('tcp4', { endpoints, copies: COPIES });
  const processes = Array.from({ length: COPIES }, (_, index) => ({ pid: index + 1, name: `image${index}.exe` }));
  standin.queriedProcesses(processes);
  return standin;
}

/** The first one listens; of the others half are its connections, and a tenth is in CLOSE_WAIT. */
function endpoint(index: number): Endpoint {
  return {
    state: stateOf(index),
    localAddress: [10, 0, 0, 1],
    localPort: index % 2 === 0 ? SERVER_PORT : FIRST_EPHEMERAL + ((index * 7) % EPHEMERAL_PORTS),
    remoteAddress: [10, 1, (index >> 8) & 0xff, index & 0xff],
    remotePort: index % 2 === 0 ? FIRST_EPHEMERAL + (index % EPHEMERAL_PORTS) : SERVER_PORT,
    pid: 1,
  };
}

function stateOf(index: number): number {
  if (index === 0) return LISTEN;
  if (index % 10 === 3) return CLOSE_WAIT;
  return index % 10 === 7 ? FIN_WAIT_2 : ESTABLISHED;
}

function check(snapshot: Snapshot | undefined, rows: number): void {
  const read = snapshot?.tables.tcp4?.length;
  const failed = Object.values(snapshot?.parts ?? {}).find(({ error }) => error !== undefined)?.error;
  if (read !== rows || failed !== undefined) throw new Error(`${read} rows of ${rows} were read: ${failed?.message}`);
}
