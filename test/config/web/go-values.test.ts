// World: none. Durations and numbers as Go reads them, computed in a second way.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromMemory } from './world.ts';

async function intervalMs(text: string): Promise<number | undefined> {
  return (await fromMemory({ 'web.yml': `rate_limit: {interval: ${text}, burst: 1}` })).rateLimit?.intervalMs;
}

async function burst(text: string): Promise<number | undefined> {
  return (await fromMemory({ 'web.yml': `rate_limit: {interval: 1s, burst: ${text}}` })).rateLimit?.burst;
}

/** Digits in the decimal value of a unit, in nanoseconds: a fraction is looked at this far. */
const UNITS = [
  { unit: 'ns', factor: 1n, digits: 0 },
  { unit: 'us', factor: 1n, digits: 3 },
  { unit: '\u00b5s', factor: 1n, digits: 3 },
  { unit: '\u03bcs', factor: 1n, digits: 3 },
  { unit: 'ms', factor: 1n, digits: 6 },
  { unit: 's', factor: 1n, digits: 9 },
  { unit: 'm', factor: 6n, digits: 10 },
  { unit: 'h', factor: 36n, digits: 11 },
] as const;

describe('a duration', () => {
  it.each([
    ['1ns', 1e-6],
    ['2.5us', 0.0025],
    ['1.5h', 5_400_000],
    ['1h1h', 7_200_000],
    ['1.s', 1_000],
    ['.5s', 500],
    ['1m0.25s', 60_250],
    ['0.3333333333333333333h', 1_199_999.999999],
    ['2562047h47m16.854775807s', 9_223_372_036_854.775],
  ])('%s is %d ms', async (text, expected) => {
    expect(await intervalMs(text)).toBe(expected);
  });

  it('is the sum of its parts, each cut to whole nanoseconds', async () => {
    const part = fc.record({
      whole: fc.integer({ min: 0, max: 99_999 }),
      fraction: fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: 6 }),
      unit: fc.constantFrom(...UNITS),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 3 }), async (parts) => {
        const text = parts.map(({ whole, fraction, unit }) => `${whole}.${fraction}${unit.unit}`).join('');
        // The point is moved to the right, and what is still behind it is left out.
        const nanoseconds = parts.map(({ whole, fraction, unit }) => {
          const moved = BigInt(`${whole}${fraction}${'0'.repeat(unit.digits)}`) * unit.factor;
          return BigInt(
            moved
              .toString()
              .padStart(fraction.length + 1, '0')
              .slice(0, -fraction.length || undefined),
          );
        });
        const total = nanoseconds.reduce((sum, one) => sum + one, 0n);
        expect(await intervalMs(text)).toBe(total === 0n ? undefined : Number(total) / 1e6);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('a whole number', () => {
  it('is the same in every base that YAML 1.1 has', async () => {
    await fc.assert(
      fc.asyncProperty(fc.maxSafeNat(), async (number) => {
        const spellings = [
          ...[
            `${number}`,
            `+${number}`,
            `0x${number.toString(16)}`,
            `0o${number.toString(8)}`,
            `0${number.toString(8)}`,
          ],
          ...[
            `0b${number.toString(2)}`,
            `${number}.0`,
            `${number}.75e0`,
            `${number}`.replaceAll(/(?<=\d)(?=\d)/g, '_'),
          ],
        ];
        // A fraction behind sixteen digits is beyond a double.
        const exact = spellings.filter((text) => number < 1e12 || !text.includes('.'));
        for (const text of exact) expect([text, await burst(text)]).toEqual([text, number]);
      }),
      { numRuns: 200 },
    );
  });
});
