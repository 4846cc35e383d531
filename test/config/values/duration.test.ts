// World: none. Durations, from text and back.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  durationBetween,
  formatDuration,
  millisecondsBetween,
  parseDuration,
} from '../../../src/config/values/duration.ts';

describe('a duration', () => {
  it.each([
    ['0', 0],
    ['0s', 0],
    ['500ms', 500],
    ['10s', 10_000],
    ['1m30s', 90_000],
    ['1m30.5s', 90_500],
    ['1.005s', 1_005],
    ['1.5h', 5_400_000],
    ['2d', 172_800_000],
    ['1d2h3m4s5ms', 93_784_005],
  ])('%s is %d ms', (text, durationMs) => {
    expect(parseDuration(text)).toBe(durationMs);
  });

  it.each([
    '',
    '10',
    '-1s',
    '+1s',
    '1s1m',
    '1s1s',
    '10 s',
    ' 10s',
    '1.5ms',
    '1.2345s',
    '.5s',
    '1.s',
    '1e3s',
    '1S',
    '1w',
    '٣s',
  ])('is not written %j', (text) => {
    expect(() => parseDuration(text)).toThrow('is not a duration; allowed: 0, or a number with a unit');
  });

  it('has an end', () => {
    expect(() => parseDuration(`${'9'.repeat(400)}d`)).toThrow('is too long');
  });

  it('is written as it is read', () => {
    expect([0, 1, 999, 1_000, 61_001, 90_000_000].map(formatDuration)).toEqual([
      '0',
      '1ms',
      '999ms',
      '1s',
      '1m1s1ms',
      '1d1h',
    ]);
    fc.assert(
      fc.property(fc.nat({ max: Number.MAX_SAFE_INTEGER }), (durationMs) => {
        expect(parseDuration(formatDuration(durationMs))).toBe(durationMs);
      }),
    );
  });
});

describe('a range of durations', () => {
  it('includes its ends', () => {
    const parse = durationBetween({ minimumMs: 1_000, maximumMs: 60_000, zero: false });
    expect([parse('1s'), parse('1m')]).toEqual([1_000, 60_000]);
    expect(() => parse('999ms')).toThrow('is out of range; allowed: 1s to 1m');
    expect(() => parse('1m1ms')).toThrow('is out of range; allowed: 1s to 1m');
    expect(() => parse('0')).toThrow('is out of range; allowed: 1s to 1m');
  });

  it('includes 0 where 0 means something', () => {
    const parse = durationBetween({ minimumMs: 1_000, maximumMs: 60_000, zero: true });
    expect(parse('0')).toBe(0);
    expect(() => parse('1ms')).toThrow('is out of range; allowed: 0, or 1s to 1m');
  });
});

describe('a range in plain milliseconds', () => {
  it('includes its ends, and 0 where 0 means something', () => {
    const parse = millisecondsBetween({ minimumMs: 1_000, maximumMs: 60_000, zero: false });
    expect([parse('1000'), parse('060000')]).toEqual([1_000, 60_000]);
    for (const text of ['999', '60001', '0']) {
      expect(() => parse(text)).toThrow('is out of range; allowed: whole milliseconds, 1000 to 60000');
    }
    expect(millisecondsBetween({ minimumMs: 1, maximumMs: 2, zero: true })('0')).toBe(0);
  });

  it.each(['', '10s', '1e3', '-1', '1.5', ' 1000', '٣', '9'.repeat(400)])('has no %j', (text) => {
    const parse = millisecondsBetween({ minimumMs: 1, maximumMs: 60_000, zero: true });
    expect(() => parse(text)).toThrow('is not a number of milliseconds; allowed: 0, or whole milliseconds, 1 to 60000');
  });
});
