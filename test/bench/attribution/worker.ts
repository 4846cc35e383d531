// The worker of the benchmark: the whole aggregation in a thread with the limits of the program's own one, beside counting alone.
import { GCProfiler, getHeapStatistics } from 'node:v8';
import { parentPort, workerData } from 'node:worker_threads';
import { Aggregator } from '../../../src/metrics/aggregate.ts';
import { EndpointCounter } from '../../../src/metrics/counting/endpoint-counts.ts';
import { EphemeralPorts } from '../../../src/metrics/counting/ephemeral-ports.ts';
import type { Samples } from '../../../src/metrics/samples.ts';
import type { AggregationSettings } from '../../../src/metrics/settings.ts';
import type { Snapshot } from '../../../src/model/snapshot.ts';
import { DEFAULT_SETTINGS } from '../../support/settings.ts';
import { mediansByTurns, timed } from '../harness/by-turns.ts';
import { type BusyHost, snapshotOf } from './host.ts';

/** The same endpoints each time, or with some of them replaced in each collection. */
export type Change = 'the same each time' | 'changing';

export interface AttributionTask {
  readonly host: BusyHost;
  readonly how: Change;
}

/** Times are medians, in milliseconds. */
export interface Cost {
  readonly counting: number;
  readonly aggregation: number;
  /** What one aggregation allocates. */
  readonly allocatedKb: number;
  readonly series: number;
}

const SETTINGS: AggregationSettings = {
  ...DEFAULT_SETTINGS,
  nameRules: [{ image: 'image7.exe', pattern: /-id (\d+)/su }],
};
const ROUNDS = 4;
const ALLOCATION_RUNS = 10;
const INTERVAL_MS = 10_000;

parentPort?.postMessage(cost(workerData as AttributionTask));

function cost({ host, how }: AttributionTask): Cost {
  const rounds = how === 'changing' ? ROUNDS : 1;
  const snapshots = Array.from({ length: rounds }, (_, round) => snapshotOf(host, round));
  let turn = 0;
  const next = (): Snapshot => snapshots[turn++ % snapshots.length] as Snapshot;
  const aggregator = new Aggregator(SETTINGS);
  const counter = new EndpointCounter();
  const ephemeral = new EphemeralPorts();
  let collection = 0;
  let samples: Samples | undefined;
  const aggregate = (): void => {
    samples = aggregator.aggregate(next(), INTERVAL_MS * collection++);
  };
  const count = (): void => {
    ephemeral.set(snapshots[0]?.ephemeralRanges);
    counter.count(next(), ephemeral, []);
  };
  const medians = mediansByTurns({ counting: () => timed(count), aggregation: () => timed(aggregate) });
  const allocatedKb = allocatedBytes(aggregate) / 1024;
  const series = samples?.families.reduce((sum, { values }) => sum + values.length, 0) ?? 0;
  return { ...medians, allocatedKb, series };
}

/** Bytes that one run allocates on the heap and in buffers: what it made is garbage after the next. */
function allocatedBytes(run: () => void): number {
  const used = ({ usedHeapSize, externalMemory }: { usedHeapSize: number; externalMemory: number }): number =>
    usedHeapSize + externalMemory;
  const usedNow = (): number => {
    const { used_heap_size, external_memory } = getHeapStatistics();
    return used({ usedHeapSize: used_heap_size, externalMemory: external_memory });
  };
  const profiler = new GCProfiler();
  const begin = usedNow();
  profiler.start();
  for (let i = 0; i < ALLOCATION_RUNS; i++) run();
  const { statistics } = profiler.stop();
  const end = usedNow();
  const freed = statistics.reduce(
    (sum, { beforeGC, afterGC }) => sum + used(beforeGC.heapStatistics) - used(afterGC.heapStatistics),
    0,
  );
  return (end - begin + freed) / ALLOCATION_RUNS;
}
