// World: none; the server on a port of its own, and a collection worker that hangs in a read for as long as a test wants.
import { expect, test, vi } from 'vitest';
import { CollectionThread } from '../../../src/collector/collection-thread.ts';
import { TimedCollector } from '../../../src/collector/timed-collector.ts';
import { PATIENCE } from '../../support/patience.ts';
import { ask, startServer } from '../running-server.ts';
import type { Held } from './held-worker.ts';

const COLLECT_EVERY_MS = 100;
const CLIENTS = 100;
const PATHS = ['/api/v1/endpoints', '/api/v1/summary', '/api/v1/endpoints.csv'];

function setHeld(held: Held, value: 0 | 1): void {
  Atomics.store(held, 0, value);
  Atomics.notify(held, 0);
}

test('whoever looks while the worker hangs is told so in time, and sees everything once it goes on', async () => {
  const held: Held = new Int32Array(new SharedArrayBuffer(8));
  const thread = new CollectionThread(new URL('held-worker.ts', import.meta.url), held);
  const look = vi.fn(thread.look.bind(thread));
  const nothing = (): void => {};
  const collector = new TimedCollector(
    () => thread.collect(),
    { intervalMs: COLLECT_EVERY_MS, timeoutMs: 1_000 },
    { collected: nothing, failed: nothing, overdue: nothing, skipped: nothing },
  );
  const files = { script: '', style: '' };
  const { port, logged } = await startServer({
    collector,
    liveView: { files, intervalMs: COLLECT_EVERY_MS, hosts: [], look },
  });
  const statusOf = async (path: string): Promise<number> => (await ask(port, path)).status;
  collector.start();
  await vi.waitFor(async () => expect(await statusOf('/api/v1/endpoints')).toBe(200), PATIENCE);

  setHeld(held, 1);
  await vi.waitFor(() => expect(Atomics.load(held, 1)).toBe(1), PATIENCE);
  const clients = Array.from({ length: CLIENTS }, (_, client) => statusOf(PATHS[client % PATHS.length] ?? ''));
  expect(new Set(await Promise.all(clients))).toEqual(new Set([503]));
  // By now no more may wait; scrapes get what there was before.
  const others = Array.from({ length: 16 }, () => statusOf('/api/v1/endpoints'));
  expect(await statusOf('/metrics')).toBe(200);
  expect(new Set(await Promise.all(others))).toEqual(new Set([503]));
  const asked = look.mock.calls.length;

  setHeld(held, 0);
  for (const path of PATHS) await vi.waitFor(async () => expect(await statusOf(path)).toBe(200), PATIENCE);
  // Those that were given up have been answered, too: nothing waits for ever.
  const looks = await Promise.all(look.mock.results.slice(0, asked).map(({ value }) => value));
  expect(looks.every(({ state }) => ['seen', 'busy'].includes(state))).toBe(true);
  expect(logged).toEqual([]);
  collector.stop();
  expect(await thread.close(10_000)).toBe(true);
});
