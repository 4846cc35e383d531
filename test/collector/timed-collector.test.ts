// World: none; the clock is the test's own.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TimedCollector } from '../../src/collector/timed-collector.ts';
import type { Samples } from '../../src/metrics/samples.ts';

const INTERVAL_MS = 10_000;
const TIMEOUT_MS = 8_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Gives each collection to the test, which decides when and how it ends; keeps a list of what the collector said. */
function world(intervalMs = INTERVAL_MS) {
  const collections: PromiseWithResolvers<Samples>[] = [];
  const said: string[] = [];
  const collect = (): Promise<Samples> => {
    const collection = Promise.withResolvers<Samples>();
    collections.push(collection);
    return collection.promise;
  };
  const collector = new TimedCollector(
    collect,
    { intervalMs, timeoutMs: TIMEOUT_MS },
    {
      collected: () => said.push('collected'),
      failed: (error) => said.push(`failed: ${error.message}`),
      overdue: () => said.push('overdue'),
      skipped: () => said.push('skipped'),
    },
  );
  return { collector, collections, said };
}

function samples(): Samples {
  return { timestampMs: Date.now(), bootTimeMs: 0, parts: {}, foldedGroups: {}, families: [] };
}

/** Lets what is due happen, at the present time. */
async function settle(): Promise<void> {
  await vi.advanceTimersByTimeAsync(0);
}

describe('between intervals', () => {
  it('collects at once, then at each interval, and shows the latest result', async () => {
    const { collector, collections } = world();
    collector.start();
    expect(collector.latest()).toEqual({ state: 'pending' });
    const first = samples();
    collections[0]?.resolve(first);
    await settle();
    expect(collector.latest()).toEqual({ state: 'fresh', samples: first });

    await vi.advanceTimersByTimeAsync(INTERVAL_MS);
    const second = samples();
    collections[1]?.resolve(second);
    await settle();
    expect(await collector.answer()).toEqual({ state: 'fresh', samples: second });
    collector.stop();
    await vi.advanceTimersByTimeAsync(5 * INTERVAL_MS);
    expect(collections).toHaveLength(2);
  });

  it('makes no request wait for a collection, but for the first', async () => {
    const { collector, collections } = world();
    collector.start();
    const early = collector.answer(5_000);
    const first = samples();
    await vi.advanceTimersByTimeAsync(4_000);
    collections[0]?.resolve(first);
    expect(await early).toEqual({ state: 'fresh', samples: first });

    await vi.advanceTimersByTimeAsync(INTERVAL_MS);
    expect(await collector.answer()).toEqual({ state: 'fresh', samples: first });
  });

  it('makes a request wait for the first that comes while the exporter does not listen everywhere yet', async () => {
    const { collector, collections, said } = world();
    const early = collector.answer();
    collector.start();
    const first = samples();
    collections[0]?.resolve(first);
    expect(await early).toEqual({ state: 'fresh', samples: first });
    await vi.advanceTimersByTimeAsync(INTERVAL_MS);
    expect(collections).toHaveLength(2);
    expect(said).toEqual(['collected']);
  });

  it('says that there is nothing yet when the first collection takes longer than the request may wait', async () => {
    const { collector } = world();
    collector.start();
    const answer = collector.answer(500);
    await vi.advanceTimersByTimeAsync(500);
    expect(await answer).toEqual({ state: 'pending' });
  });

  it('makes one collection at a time: those that are due while one hangs are skipped, and the deadline is said once', async () => {
    const { collector, collections, said } = world();
    collector.start();
    await vi.advanceTimersByTimeAsync(3 * INTERVAL_MS);
    expect(collections).toHaveLength(1);
    expect(said).toEqual(['overdue', 'skipped', 'skipped', 'skipped']);

    collections[0]?.resolve(samples());
    await vi.advanceTimersByTimeAsync(INTERVAL_MS);
    expect(collections).toHaveLength(2);
    expect(said.slice(4)).toEqual(['collected']);
  });

  it('goes on after a collection that failed', async () => {
    const { collector, collections, said } = world();
    collector.start();
    collections[0]?.reject(new Error('the worker died'));
    await vi.advanceTimersByTimeAsync(INTERVAL_MS);
    expect(said).toEqual(['failed: the worker died']);
    expect(collections).toHaveLength(2);
    expect(collector.latest()).toEqual({ state: 'pending' });
  });

  it('shows a result for a minute at least', async () => {
    const { collector, collections } = world();
    collector.start();
    collections[0]?.resolve(samples());
    await vi.advanceTimersByTimeAsync(60_000);
    expect(collector.latest().state).toBe('fresh');
    await vi.advanceTimersByTimeAsync(1);
    expect(collector.latest()).toEqual({ state: 'stale' });
    expect(await collector.answer()).toEqual({ state: 'stale' });
  });

  it('shows a result for three intervals where that is longer', async () => {
    const { collector, collections } = world(30_000);
    collector.start();
    collections[0]?.resolve(samples());
    await vi.advanceTimersByTimeAsync(90_000);
    expect(collector.latest().state).toBe('fresh');
    await vi.advanceTimersByTimeAsync(1);
    expect(collector.latest().state).toBe('stale');
  });

  it('takes a result for as old as the beginning of its collection', async () => {
    const { collector, collections } = world();
    collector.start();
    await vi.advanceTimersByTimeAsync(60_001);
    collections[0]?.resolve(samples());
    await settle();
    expect(collector.latest()).toEqual({ state: 'stale' });
  });
});

describe('with interval 0', () => {
  it('collects for each request, and never on its own', async () => {
    const { collector, collections } = world(0);
    collector.start();
    collections[0]?.resolve(samples());
    await vi.advanceTimersByTimeAsync(300_000);
    expect(collections).toHaveLength(1);
    expect(collector.latest().state).toBe('fresh');

    const answer = collector.answer();
    const asked = samples();
    collections[1]?.resolve(asked);
    expect(await answer).toEqual({ state: 'fresh', samples: asked });
  });

  it('skips nothing at the start while a request that came before has it collect', async () => {
    const { collector, collections, said } = world(0);
    const early = collector.answer();
    collector.start();
    expect(collections).toHaveLength(1);
    const first = samples();
    collections[0]?.resolve(first);
    expect(await early).toEqual({ state: 'fresh', samples: first });
    expect(said).toEqual(['collected']);
  });

  it('makes requests that overlap share one collection', async () => {
    const { collector, collections } = world(0);
    const answers = [collector.answer(), collector.answer(), collector.answer()];
    expect(collections).toHaveLength(1);
    const shared = samples();
    collections[0]?.resolve(shared);
    for (const answer of answers) expect(await answer).toEqual({ state: 'fresh', samples: shared });
  });

  it('shows no old result in place of the one that did not come in time', async () => {
    const { collector, collections, said } = world(0);
    const first = collector.answer();
    collections[0]?.resolve(samples());
    expect((await first).state).toBe('fresh');

    const slow = collector.answer(1_000);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await slow).toEqual({ state: 'stale' });

    await vi.advanceTimersByTimeAsync(TIMEOUT_MS);
    expect(await collector.answer()).toEqual({ state: 'stale' });
    expect(said).toEqual(['collected', 'overdue', 'skipped']);
  });

  it('makes nobody wait longer than a collection may take', async () => {
    const { collector } = world(0);
    const answer = collector.answer(3_600_000);
    await vi.advanceTimersByTimeAsync(TIMEOUT_MS);
    expect(await answer).toEqual({ state: 'pending' });
  });

  it('shows nothing in place of a collection that failed', async () => {
    const { collector, collections } = world(0);
    const first = collector.answer();
    collections[0]?.resolve(samples());
    await first;
    const second = collector.answer();
    collections[1]?.reject(new Error('the worker died'));
    expect(await second).toEqual({ state: 'stale' });
  });
});
