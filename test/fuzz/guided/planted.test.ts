// World: Jazzer.js with a newer C library (provided by: npm run test:fuzz, on Debian). That fuzzing finds what there is to find.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { PROJECT } from '../../../scripts/run-command.ts';
import { runJazzer } from '../jazzer.ts';
import { MISTAKE, planted } from './planted.ts';

/** By chance it would take 2^64 of them. */
const RUNS = 500_000;

it('a mistake behind values that nobody guesses is found, with the input that shows it', async () => {
  const module = join(import.meta.dirname, 'planted.ts');
  const { find, inputs, coverage, firstCoverage } = await runJazzer({
    ...{ name: 'planted', target: planted, module, runs: RUNS, seed: 1 },
  });
  expect(find?.problem).toContain(MISTAKE);
  expect(find?.problem).toContain('planted.ts:');
  expect(inputs).toBeLessThan(RUNS);
  expect(coverage).toBeGreaterThan(firstCoverage);
  const input = readFileSync(join(PROJECT, find?.file ?? ''));
  expect(input.toString('base64')).toBe(find?.input);
  await expect(planted.check(input)).rejects.toThrow(MISTAKE);
});
