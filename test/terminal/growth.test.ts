import { describe, expect, it } from 'vitest';
import { growth } from '../../src/terminal/growth.ts';

const COUNTER = { os: 'windows', kind: 'counter' } as const;

describe('a counter', () => {
  it('has grown by the difference', () => {
    expect(growth({ ...COUNTER, before: 10, now: 15 })).toBe(5);
    expect(growth({ ...COUNTER, before: 10, now: 10 })).toBe(0);
  });

  it('of 32 bits that has become smaller has begun again', () => {
    expect(growth({ ...COUNTER, before: 2 ** 32 - 10, now: 5 })).toBe(15);
    expect(growth({ ...COUNTER, kind: 'counter-perhaps-wide', before: 2 ** 32 - 1, now: 0 })).toBe(1);
  });

  it('of 64 bits that has become smaller cannot be told', () => {
    expect(growth({ ...COUNTER, kind: 'counter-perhaps-wide', before: 2 ** 32, now: 5 })).toBeUndefined();
    expect(growth({ os: 'linux', kind: 'counter', before: 2 ** 32 - 10, now: 5 })).toBeUndefined();
  });

  it('that one of the readings does not have cannot be told', () => {
    expect(growth({ ...COUNTER, before: undefined, now: 15 })).toBeUndefined();
    expect(growth({ ...COUNTER, before: 10, now: undefined })).toBeUndefined();
  });
});

it.each(['gauge', 'algorithm'] as const)('a %s has no growth', (kind) => {
  expect(growth({ os: 'windows', kind, before: 10, now: 15 })).toBeUndefined();
});
