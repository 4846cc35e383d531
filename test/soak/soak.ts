// The soak itself: one program, and all that a month has in store for it, in minutes. In a network of its own: see alone.ts.
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Growth, growthOf } from './bounds.ts';
import { startChurn } from './churn.ts';
import { Clients } from './clients.ts';
import { compareEnd } from './end.ts';
import { LogWatch } from './log-watch.ts';
import { startOtlpCollector } from './outages.ts';
import { type Sample, startMonitored } from './program.ts';
import { WebConfiguration } from './reloads.ts';
import type { Comparison } from './sums.ts';

/** Evenly spread over the collections. */
const SAMPLES = 48;
const BETWEEN_LOOKS_MS = 20;
/** Of the slowest machine, for each collection; some 30 ms are usual. */
const MAX_MS_A_COLLECTION = 1_000;

export interface Result {
  readonly collections: number;
  readonly minutes: number;
  /** What went on meanwhile, by its name. */
  readonly events: Readonly<Record<string, number>>;
  readonly samples: readonly Sample[];
  readonly growths: readonly Growth[];
  readonly comparisons: readonly Comparison[];
  /** What was not as it should be, in words: lines of the log, answers to clients. */
  readonly problems: readonly string[];
}

/** Ends after so many collections, and some more. Nothing is left running. `folder` is for what the soak needs meanwhile. */
export async function soak(collections: number, folder: string): Promise<Result> {
  const startMs = performance.now();
  const stop = new AbortController();
  using configuration = new WebConfiguration();
  await using collector = await startOtlpCollector();
  await using program = await startMonitored(
    ...['--collector.interval=0', '--collector.destination.enable', '--web.enable-live-view'],
    ...[`--web.config.file=${configuration.file}`, `--otlp.endpoint=${collector.endpoint}`, '--otlp.interval=2s'],
  );
  await using churn = startChurn(join(folder, 'bin'));
  const log = new LogWatch(() => program.log());
  const clients = new Clients(() => configuration.target(program.url));
  const goingOn = Promise.all([
    collector.haveOutages(log, stop.signal),
    configuration.keepChanging(log, clients, stop.signal),
  ]);
  const samples = await Promise.race([takeSamples(collections, clients, program.sample), goingOn.then(() => [])]);
  stop.abort();
  await goingOn;
  await clients.stop();
  await churn.freeze();
  const comparisons = await compareEnd(configuration.target(program.url), churn, { clients, collector });
  const { code, stdout } = await program.end();
  const problems = [...clients.problems, ...log.unexpected().map((line) => `the log: ${line}`)];
  if (code !== 0 || stdout !== '') problems.push(`the program ended with code ${code}, and printed: ${stdout}`);
  return {
    collections: clients.collections,
    minutes: (performance.now() - startMs) / 60_000,
    events: {
      scrapes: clients.scrapes,
      'clients that left before the answer': clients.leavers,
      'wrong requests': wrongRequests(clients),
      'pushes that arrived': collector.accepted,
      'outages of the collector': collector.outages,
      'changes of the web configuration': configuration.changes,
      'processes that came and went': churn.started,
      'warnings and errors that were to be expected': log.expectedWarnings,
    },
    samples,
    growths: growthOf(samples),
    comparisons,
    problems,
  };
}

function wrongRequests({ answers }: Clients): number {
  return [...answers].filter(([key]) => / 4\d\d$/.test(key)).reduce((sum, [, count]) => sum + count, 0);
}

async function takeSamples(
  collections: number,
  clients: Clients,
  sample: (collections: number) => Promise<Sample>,
): Promise<readonly Sample[]> {
  const samples: Sample[] = [];
  const deadlineMs = performance.now() + collections * MAX_MS_A_COLLECTION;
  while (samples.length < SAMPLES) {
    if (performance.now() > deadlineMs) throw new Error(`${clients.collections} collections, and the time is over`);
    if (clients.collections >= (collections * (samples.length + 1)) / SAMPLES)
      samples.push(await clients.whilePaused(() => sample(clients.collections)));
    await sleep(BETWEEN_LOOKS_MS);
  }
  return samples;
}
