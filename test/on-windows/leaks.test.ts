// World: Windows or Wine (npm run test:windows); the built program. TEST_COLLECTIONS=50000 is a longer form.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningProgram, startProgram } from '../support/program.ts';
import { type MemoryUsage, openProcessUsage, type ProcessUsage } from './process-usage.ts';

const COLLECTIONS = Number(process.env['TEST_COLLECTIONS'] ?? 5_000);
/** Until the JIT compilers, caches and heaps have what they want. */
const WARM_UP_COLLECTIONS = 1_000;
/** Memory is the least of as many collections: between two garbage collections it goes up and down. */
const WINDOW_COLLECTIONS = 200;
/** What is more would be one handle leaked in 50 collections. */
const MAX_HANDLES_A_COLLECTION = 1 / 100;
/** A leak is told from what the heaps still gain: that was 0.1 to 0.2 KB a collection. */
const MAX_BYTES_A_COLLECTION = 768;
/** 10 ms a collection under Wine. */
const TIMEOUT_MS = 100 * (COLLECTIONS + WARM_UP_COLLECTIONS);

let program: RunningProgram;
let usage: ProcessUsage;

beforeAll(async () => {
  program = await startProgram('--collector.interval=0');
  usage = openProcessUsage(program.pid);
});
afterAll(async () => {
  usage?.[Symbol.dispose]();
  await program?.end('SIGKILL');
});

async function collect(times: number): Promise<void> {
  for (let i = 0; i < times; i++) await program.scrape();
}

/** The least memory in a window of collections, which count as collections too. */
async function leastMemory(): Promise<MemoryUsage> {
  let least = usage.memory();
  for (let i = 0; i < WINDOW_COLLECTIONS; i++) {
    await collect(1);
    const { workingSetBytes, privateBytes } = usage.memory();
    least = {
      workingSetBytes: Math.min(least.workingSetBytes, workingSetBytes),
      privateBytes: Math.min(least.privateBytes, privateBytes),
    };
  }
  return least;
}

it(`${COLLECTIONS} collections leave no handle open and no memory in use`, { timeout: TIMEOUT_MS }, async () => {
  await collect(WARM_UP_COLLECTIONS);
  const before = { ...(await leastMemory()), handles: usage.handles() };
  await collect(COLLECTIONS - WINDOW_COLLECTIONS);
  const after = { ...(await leastMemory()), handles: usage.handles() };
  console.log(`before ${JSON.stringify(before)}\nafter ${COLLECTIONS} more collections ${JSON.stringify(after)}`);

  expect(before.handles).toBeGreaterThan(0);
  expect(after.handles - before.handles).toBeLessThanOrEqual(COLLECTIONS * MAX_HANDLES_A_COLLECTION);
  for (const kind of ['workingSetBytes', 'privateBytes'] as const) {
    expect(before[kind]).toBeGreaterThan(0);
    expect(after[kind] - before[kind]).toBeLessThanOrEqual(COLLECTIONS * MAX_BYTES_A_COLLECTION);
  }
});
