// Looks at a running exporter collection by collection, as its own timestamps tell them apart.
import { setTimeout as sleep } from 'node:timers/promises';
import { sampleValue } from '../support/exposition.ts';
import type { RunningProgram } from '../support/program.ts';

/** For a whole incident: each step of it waits for a collection or two. */
export const INCIDENT_TIMEOUT_MS = 120_000;

const POLL_MS = 50;
const TIMESTAMP = 'netstat_exporter_collection_timestamp_seconds';

export interface Collection {
  readonly text: string;
  /** By the test's clock (performance.now): when /metrics was asked, and when it had answered with this collection. */
  readonly askedMs: number;
  readonly answeredMs: number;
}

/**
 * The collections that begin from now on, each of them once. One may be missed where the test itself is not given
 * processor time for a whole interval.
 */
export async function* collectionsFromNow({ scrape }: RunningProgram): AsyncGenerator<Collection, never> {
  let lastSeconds = Date.now() / 1000;
  for (;;) {
    const askedMs = performance.now();
    const text = await scrape();
    const seconds = sampleValue(text, TIMESTAMP) ?? 0;
    if (seconds > lastSeconds) {
      lastSeconds = seconds;
      yield { text, askedMs, answeredMs: performance.now() };
    }
    await sleep(POLL_MS);
  }
}

/** The first of the next two collections that is as expected. Throws what the second one lacks. */
export async function withinTwoCollections(
  program: RunningProgram,
  expectIt: (text: string) => void,
): Promise<Collection> {
  const collections = collectionsFromNow(program);
  const { value: first } = await collections.next();
  try {
    expectIt(first.text);
    return first;
  } catch {
    const { value: second } = await collections.next();
    expectIt(second.text);
    return second;
  }
}
