// Benchmark: the whole aggregation with every group of metrics on, beside counting alone, and what it allocates.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { RESOURCE_LIMITS } from '../../../src/collector/collection-thread.ts';
import { MIN_RUNS, summarize } from '../harness/figures.ts';
import { type Cell, type Part, type PartResult, ratioOf } from '../harness/part.ts';
import type { BusyHost } from './host.ts';
import type { AttributionTask, Change, Cost } from './worker.ts';

const HOSTS: readonly BusyHost[] = [
  { endpoints: 1_000, processes: 100, listeningPorts: 50 },
  { endpoints: 100_000, processes: 2_000, listeningPorts: 500 },
];
const CHANGES: readonly Change[] = ['the same each time', 'changing'];
const MOST: BusyHost = { endpoints: 1_000_000, processes: 2_000, listeningPorts: 500 };
const WORKER = new URL('./worker.ts', import.meta.url);

const ABOUT = `
With everything on (destinations and a name rule, too) in a thread with the limits of the program's own: from the tables to the samples, at the default limits. Half of the connections are clients', to 5,000 addresses with 20 ports each; 70 % are established, 15 % in
TIME_WAIT, 10 % in CLOSE_WAIT, a tenth of all is IPv6, and a tenth UDP. All processes have different names. _Changing_: of the remote ends and ephemeral ports a tenth are others in each collection. Beside it counting alone, by state, process and port, which is a part of it and what
[Decoding and counting](#decoding-and-counting) holds against C; by turns in the same thread. A run is the median of one thread. Garbage is what one collection allocates, its samples included.
`;

export const attribution: Part = { name: 'attribution', title: 'The whole aggregation', about: ABOUT, run };

async function run(): Promise<PartResult> {
  const rows: (readonly Cell[])[] = [];
  for (const host of HOSTS) {
    for (const how of CHANGES) rows.push(await costRow(host, how));
  }
  rows.push(await costRow(MOST, 'changing'));
  const columns = [
    'Endpoints',
    'Processes',
    'Listening ports',
    '',
    'Counting alone',
    'All',
    'Ratio',
    'Garbage',
    'Series',
  ];
  return { tables: [{ title: '', columns, rows }] };
}

async function costRow(host: BusyHost, how: Change): Promise<readonly Cell[]> {
  const costs: Cost[] = [];
  for (let run = 0; run < MIN_RUNS; run++) costs.push(await costInWorker({ host, how }));
  const column = (name: keyof Cost): readonly number[] => costs.map((cost) => cost[name]);
  const counting = summarize(column('counting'), 'ms');
  const all = summarize(column('aggregation'), 'ms');
  const { endpoints, processes, listeningPorts } = host;
  const garbage = summarize(column('allocatedKb'), 'KB');
  return [
    endpoints,
    processes,
    listeningPorts,
    how,
    counting,
    all,
    ratioOf(all, counting),
    garbage,
    costs[0]?.series ?? 0,
  ];
}

/** In a thread with the limits of the program's own one. */
async function costInWorker(workerData: AttributionTask): Promise<Cost> {
  const worker = new Worker(WORKER, { workerData, resourceLimits: RESOURCE_LIMITS });
  const [cost] = (await once(worker, 'message')) as [Cost];
  return cost;
}
