// World: none. What holds for inputs by the million holds for those that it once did not hold for, and those that fuzzing begins with.
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { countRefusals } from './properties.ts';
import { checkInput } from './target.ts';
import { TARGETS } from './targets.ts';

const REGRESSIONS = join(import.meta.dirname, 'regressions');

describe.each(Object.entries(TARGETS))('%s', (name, target) => {
  const folder = join(REGRESSIONS, name);
  const found = existsSync(folder) ? readdirSync(folder) : [];

  it('takes what it is to take', async () => {
    const before = countRefusals();
    for (const input of target.taken) {
      await checkInput(target, input);
      expect(countRefusals(), `refused: ${Buffer.from(input).toString('latin1')}`).toBe(before);
    }
    expect(target.taken.length).toBeGreaterThan(1);
  });

  it('is whole for what else fuzzing begins with', async () => {
    for (const input of target.others ?? []) await checkInput(target, input);
  });

  it.runIf(found.length > 0).each(found)('is whole for what was found: %s', async (file) => {
    await checkInput(target, readFileSync(join(folder, file)));
  });
});

it('every file of a target is fuzzed, and what was found belongs to one', () => {
  const files = globSync('targets/*.ts', { cwd: import.meta.dirname }).map((file) => basename(file, '.ts'));
  expect(files.toSorted()).toEqual(Object.keys(TARGETS).toSorted());
  expect(Object.keys(TARGETS)).toEqual(expect.arrayContaining(readdirSync(REGRESSIONS)));
});

it('no input has left anything on the prototypes of all objects', () => {
  for (const { prototype } of [Object, Array, Function]) {
    for (const name in prototype) expect.unreachable(`there is ${name}`);
  }
});
