// World: none; pure.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COUNTS, CumulativeTotals, DeltaTotals, DISTRIBUTIONS } from '../../../src/outputs/otlp/totals.ts';

const BOOT_MS = 1_000;
const BEGAN_MS = 50_000;

describe('a cumulative total', () => {
  it('counts from the boot', () => {
    const totals = new CumulativeTotals(COUNTS);
    expect(totals.span('sent', { value: 7, startMs: BOOT_MS, endMs: 60_000 })).toEqual({
      value: 7,
      startMs: BOOT_MS,
      endMs: 60_000,
    });
  });

  it('after it went down counts from the snapshot before, and stays with that', () => {
    const totals = new CumulativeTotals(COUNTS);
    totals.span('sent', { value: 7, startMs: BOOT_MS, endMs: 60_000 });
    expect(totals.span('sent', { value: 3, startMs: BOOT_MS, endMs: 70_000 }).startMs).toBe(60_000);
    expect(totals.span('sent', { value: 4, startMs: BOOT_MS, endMs: 80_000 }).startMs).toBe(60_000);
    expect(totals.span('other', { value: 1, startMs: BOOT_MS, endMs: 80_000 }).startMs).toBe(BOOT_MS);
  });

  it('keeps its start when the clock is set, which moves the time of the boot', () => {
    const totals = new CumulativeTotals(COUNTS);
    totals.span('sent', { value: 7, startMs: BOOT_MS, endMs: 60_000 });
    expect(totals.span('sent', { value: 8, startMs: BOOT_MS + 5, endMs: 70_000 }).startMs).toBe(BOOT_MS);
  });
});

describe('the span of a total', () => {
  const clock = fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 20 });

  it.each(['cumulative', 'delta'] as const)(
    'that is %s never ends before it begins, however the clock is set',
    (temporality) => {
      fc.assert(
        fc.property(clock, fc.infiniteStream(fc.nat(100)), (times, values) => {
          const totals = temporality === 'delta' ? new DeltaTotals(COUNTS, BEGAN_MS) : new CumulativeTotals(COUNTS);
          for (const endMs of times) {
            totals.begin();
            const span = totals.span('sent', { value: values.next().value, startMs: BEGAN_MS, endMs });
            totals.delivered();
            expect(span?.startMs).toBeLessThanOrEqual(endMs);
            expect(span?.endMs).toBe(endMs);
          }
        }),
      );
    },
  );
});

describe('a delta', () => {
  it('says nothing of what was counted before the program began', () => {
    const totals = new DeltaTotals(COUNTS, BEGAN_MS);
    totals.begin();
    expect(totals.span('sent', { value: 4_000_000_000, startMs: BOOT_MS, endMs: 60_000 })).toBeUndefined();
    totals.begin();
    expect(totals.span('sent', { value: 4_000_000_002, startMs: BOOT_MS, endMs: 70_000 })).toEqual({
      value: 2,
      startMs: 60_000,
      endMs: 70_000,
    });
  });

  it("has the whole of the program's own counts at first", () => {
    const totals = new DeltaTotals(COUNTS, BEGAN_MS);
    totals.begin();
    const total = { value: 3, startMs: BEGAN_MS, endMs: 60_000 };
    expect(totals.span('requests', total)).toEqual(total);
  });

  it('is what has been counted anew after a total went down', () => {
    const totals = new DeltaTotals(COUNTS, BEGAN_MS);
    totals.span('sent', { value: 4_294_967_290, startMs: BOOT_MS, endMs: 60_000 });
    expect(totals.span('sent', { value: 5, startMs: BOOT_MS, endMs: 70_000 })?.value).toBe(5);
  });

  it('of a histogram is that of each bucket', () => {
    const totals = new DeltaTotals(DISTRIBUTIONS, BEGAN_MS);
    const distribution = (counts: readonly number[], sum: number) => ({
      boundaries: [1, 10],
      counts,
      count: counts.reduce((one, other) => one + other, 0),
      sum,
    });
    const total = { value: distribution([1, 2, 3], 50), startMs: BEGAN_MS, endMs: 60_000 };
    expect(totals.span('gc', total)).toEqual(total);
    totals.delivered();
    const next = totals.span('gc', { value: distribution([1, 4, 4], 90), startMs: BEGAN_MS, endMs: 70_000 });
    expect(next).toEqual({ value: distribution([0, 2, 1], 40), startMs: 60_000, endMs: 70_000 });
  });

  it('of a histogram that began anew is all that it has', () => {
    const totals = new DeltaTotals(DISTRIBUTIONS, BEGAN_MS);
    const distribution = (count: number) => ({ boundaries: [1], counts: [count, 0], count, sum: count });
    totals.span('gc', { value: distribution(5), startMs: BEGAN_MS, endMs: 60_000 });
    totals.delivered();
    const anew = totals.span('gc', { value: distribution(2), startMs: BEGAN_MS, endMs: 70_000 });
    expect(anew?.value).toEqual(distribution(2));
  });

  it('that was not in the push that arrived is still to come', () => {
    const totals = new DeltaTotals(COUNTS, BEGAN_MS);
    totals.span('sent', { value: 1, startMs: BOOT_MS, endMs: 0 });
    totals.begin();
    totals.span('sent', { value: 5, startMs: BOOT_MS, endMs: 10 });
    // That one was lost, and in the next one `sent` could not be read.
    totals.begin();
    totals.delivered();
    totals.begin();
    expect(totals.span('sent', { value: 6, startMs: BOOT_MS, endMs: 30 })).toEqual({ value: 5, startMs: 0, endMs: 30 });
  });

  it('arrives once, whichever pushes arrive: together they are the growth, without a gap in time', () => {
    const pushes = fc.array(fc.record({ growth: fc.nat(1_000_000), arrives: fc.boolean() }), { minLength: 1 });
    fc.assert(
      fc.property(pushes, fc.nat(), (sequence, first) => {
        const totals = new DeltaTotals(COUNTS, BEGAN_MS);
        totals.begin();
        totals.span('sent', { value: first, startMs: BOOT_MS, endMs: 0 });
        let [value, endMs, arrived, arrivedMs] = [first, 0, 0, 0];
        for (const { growth, arrives } of sequence) {
          value += growth;
          endMs += 10;
          totals.begin();
          const delta = totals.span('sent', { value, startMs: BOOT_MS, endMs });
          expect(delta).toMatchObject({ startMs: arrivedMs, endMs });
          expect(arrived + (delta?.value ?? Number.NaN)).toBe(value - first);
          if (!arrives) continue;
          totals.delivered();
          arrived += delta?.value ?? Number.NaN;
          arrivedMs = endMs;
        }
      }),
    );
  });
});
