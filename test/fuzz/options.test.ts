// World: none. What `npm run fuzz` is asked for.
import { expect, it } from 'vitest';
import { DEFAULT_RUNS, parseWanted } from './options.ts';
import { TARGETS } from './targets.ts';

it('unless it is said, all targets get a million inputs, with a new seed', () => {
  const [one, other] = [parseWanted([]), parseWanted([])];
  expect(one).toMatchObject({ names: Object.keys(TARGETS), runs: 1_000_000, jobs: 2, input: undefined });
  expect(DEFAULT_RUNS).toBe(1_000_000);
  expect(one?.seed).not.toBe(other?.seed);
});

it('targets, inputs, seed and jobs can be chosen, or one input', () => {
  const wanted = { names: ['replay', 'http'], runs: 5, seed: 7, jobs: 1, input: 'a' };
  expect(parseWanted(['--runs=5', '--seed=7', '--jobs=1', '--input=a', 'replay', 'http'])).toEqual(wanted);
});

it.each([
  ['nothing'],
  ['constructor'],
  ['--runs=0'],
  ['--runs=x'],
  ['--seed=-1'],
  ['--seed=4294967296'],
  ['--jobs=1.5'],
  ['--else'],
])('%s is not understood', (argument) => {
  expect(parseWanted([argument])).toBeUndefined();
});
