// World: none. What a viewer that is watched for days may not keep.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { aggregate } from '../../../src/metrics/aggregate.ts';
import { copySnapshot, type Snapshot } from '../../../src/model/snapshot.ts';
import { parseQuestion, type Question } from '../../../src/views/looking/question.ts';
import { Viewer } from '../../../src/views/looking/viewer.ts';
import { manyEndpoints } from '../../support/many-endpoints.ts';
import { DEFAULT_SETTINGS } from '../../support/settings.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const ENDPOINTS = 5_000;
const MEGABYTE = 2 ** 20;
const INTERVAL_MS = 10_000;
/** As many as until all is kept that ever is: the counts of half an hour, pages that were paused for minutes. */
const WARM_UP = 150;
const COLLECTIONS = 400;
/** Some pages are paused for a while, and look at what they have all the time. */
const PAUSE_EVERY = 7;
const PAUSED_FOR = 20;
/** One in so many connections has another port and state than before. */
const CHANGED_EVERY = 50;

const SNAPSHOT = manyEndpoints(ENDPOINTS);
const SAMPLES = aggregate(SNAPSHOT, DEFAULT_SETTINGS);

class Watched {
  #nowMs = 0;
  #collections = 0;
  readonly #viewer = new Viewer(DEFAULT_SETTINGS, () => this.#nowMs);
  #paused: { readonly id: string; readonly until: number }[] = [];

  /** So many collections, each of which is looked at in all ways. */
  run(collections: number): void {
    for (let i = 0; i < collections; i++) {
      this.#collect();
      this.#look();
    }
  }

  #collect(): void {
    this.#nowMs += INTERVAL_MS;
    this.#collections++;
    this.#viewer.release();
    this.#viewer.collected(changed(SNAPSHOT, this.#collections), SAMPLES);
  }

  #look(): void {
    const count = this.#collections;
    const id = this.#ask('endpoints', `changes=true&queries=true&sort=process&offset=${count % ENDPOINTS}`);
    this.#ask('endpoints', `changes=true&search=server-${count % 100}`);
    this.#ask('summary', 'by=destination');
    if (count % PAUSE_EVERY === 0) this.#paused.push({ id, until: count + PAUSED_FOR });
    this.#paused = this.#paused.filter(({ until }) => until > count);
    for (const paused of this.#paused) this.#ask('endpoints', `collection=${paused.id}&sort=pid&search=${count}`);
  }

  /** The collection that answered; the empty text where there was none. */
  #ask(kind: Question['kind'], query: string): string {
    const look = this.#viewer.look(parseQuestion(kind, new URLSearchParams(query)), []);
    return look.state === 'seen' ? look.collection : '';
  }
}

/** Processes of its own, too: a source makes them anew. */
function changed(snapshot: Snapshot, seed: number): Snapshot {
  const copy = copySnapshot(snapshot);
  const { tcp4 } = copy.tables;
  for (let row = seed % CHANGED_EVERY; tcp4 !== undefined && row < tcp4.length; row += CHANGED_EVERY) {
    tcp4.remotePort[row] = seed & 0xffff;
    tcp4.pid[row] = 1_000 + (seed % 200);
  }
  return { ...copy, timestampMs: seed * INTERVAL_MS, processes: new Map(snapshot.processes) };
}

async function heldMegabytes(): Promise<number> {
  // Memory outside of the heap is given back after the collection that finds nobody who needs it.
  for (let turn = 0; turn < 3; turn++) {
    await new Promise(setImmediate);
    collectGarbage();
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / MEGABYTE;
}

it('holds a few collections, and no more after hundreds of them', async () => {
  const before = await heldMegabytes();
  const watched = new Watched();
  watched.run(WARM_UP);
  const warm = await heldMegabytes();
  watched.run(COLLECTIONS);
  const after = await heldMegabytes();
  // It is still needed, so what it keeps has not gone with it.
  watched.run(1);
  expect(warm - before).toBeLessThan(10);
  expect(after - warm).toBeLessThan(1);
}, 120_000);
