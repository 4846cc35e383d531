// World: pure, and this process' console.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { chosenNames, tellMade } from '../../scripts/build-command.ts';

describe('what is to be built', () => {
  const all = ['one', 'two', 'three'] as const;

  it('is all where nothing is said', () => {
    expect(chosenNames('thing', all)).toEqual(all);
  });

  it('is what is named, once and in its own order', () => {
    expect(chosenNames('thing', all, ['three', 'one', 'three'])).toEqual(['one', 'three']);
  });

  it('is refused for a name that there is not', () => {
    expect(() => chosenNames('thing', all, ['one', 'four'])).toThrow(
      '--thing=four: no such thing; allowed: one, two, three',
    );
  });
});

describe('a builder', () => {
  const log = vi.spyOn(console, 'log').mockReturnValue();
  const error = vi.spyOn(console, 'error').mockReturnValue();
  afterEach(() => {
    process.exitCode = undefined;
    vi.clearAllMocks();
  });

  it('says of each file that it is made', async () => {
    await tellMade('build:thing', async function* () {
      yield '/one';
      yield '/two';
    });
    expect(log.mock.calls).toEqual([['build:thing: made /one'], ['build:thing: made /two']]);
    expect(process.exitCode).toBeUndefined();
  });

  it('says in one line what failed, and ends with 1', async () => {
    await tellMade('build:thing', async function* () {
      yield '/one';
      throw new Error('no paper');
    });
    expect(log.mock.calls).toEqual([['build:thing: made /one']]);
    expect(error.mock.calls).toEqual([['build:thing: no paper']]);
    expect(process.exitCode).toBe(1);
  });
});
