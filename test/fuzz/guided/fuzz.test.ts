// World: Jazzer.js with a newer C library (provided by: npm run test:fuzz, on Debian). Inputs by the ten thousand, for all of which holds what each target says. They are the same in each run, but for http: what its answers reach depends on when they come.
import { describe, expect, it } from 'vitest';
import { moduleOf } from '../bundle.ts';
import { runJazzer } from '../jazzer.ts';
import { TARGETS } from '../targets.ts';

const RUNS = 20_000;
const SEED = 20_261_123;

describe.concurrent('guided by what it reaches', () => {
  it.each(Object.entries(TARGETS))('no input breaks %s', async (name, target) => {
    const result = await runJazzer({ name, target, module: moduleOf(name), runs: RUNS, seed: SEED });
    expect(result.find).toBeUndefined();
    expect(result.inputs).toBe(RUNS);
    expect(result.coverage).toBeGreaterThan(0);
  });
});
