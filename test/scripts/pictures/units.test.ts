// World: none.
import { describe, expect, it } from 'vitest';
import { formatMark, formatValue } from '../../../scripts/pictures/units.ts';

describe('a value in a unit of Grafana', () => {
  it.each([
    [8270, 'locale', '8,270'],
    [0, 'locale', '0'],
    [1, 'percentunit', '100%'],
    [0.0512, 'percentunit', '5.12%'],
    [0.1239, 'percentunit', '12%'],
    [0, 's', '0 s'],
    [0.000_069, 's', '69 µs'],
    [0.0445, 's', '44.5 ms'],
    [59, 's', '59 s'],
    [210, 's', '3.50 mins'],
    [3_600, 's', '1 hour'],
    [86_400, 's', '1 day'],
    [1_209_600, 's', '2 weeks'],
    [-90, 's', '-1.5 mins'],
    [0, 'cps', '0 c/s'],
    [0.5, 'cps', '0.500 c/s'],
    [1_200, 'cps', '1.2K c/s'],
    [2_500_000, 'pps', '2.50 Mp/s'],
    [1, 'bool_yes_no', 'Yes'],
    [0, 'bool_yes_no', 'No'],
    [3, undefined, '3'],
    [Number.NaN, 's', 'NaN'],
    [Number.POSITIVE_INFINITY, 'percentunit', 'Infinity'],
  ])('%d in %s is %s', (value, unit, text) => {
    expect(formatValue(value, unit)).toBe(text);
  });

  it('is an error where the unit is not known', () => {
    expect(() => formatValue(1, 'furlongs')).toThrow('furlongs is unknown');
  });
});

describe('a mark of an axis', () => {
  it.each([
    [0.08, 'cps', '0.08 c/s'],
    [0.3 * 3, 'cps', '0.9 c/s'],
    [0.999_9, 'cps', '1 c/s'],
    [200, 'cps', '200 c/s'],
    [1, 'percentunit', '100%'],
  ])('at %d in %s is %s', (value, unit, text) => {
    expect(formatMark(value, unit)).toBe(text);
  });
});
