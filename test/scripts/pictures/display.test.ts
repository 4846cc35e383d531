// World: none.
import { describe, expect, it } from 'vitest';
import { colorNamed } from '../../../scripts/pictures/colors.ts';
import { display } from '../../../scripts/pictures/display.ts';

const THRESHOLDS = [
  { value: null, color: 'green' },
  { value: 0.6, color: 'orange' },
  { value: 0.8, color: 'red' },
];

describe('what a value looks like', () => {
  it.each([
    [0, 'green'],
    [0.59, 'green'],
    [0.6, 'orange'],
    [0.8, 'red'],
    [7, 'red'],
  ])('%d has the color of the last threshold that it has reached: %s', (value, color) => {
    expect(display(value, { thresholds: THRESHOLDS, mappings: [] }).color).toBe(colorNamed(color));
  });

  it('is what its mapping says, and else what its unit and threshold say', () => {
    const mappings = [{ type: 'value', options: { '1': { text: 'complete', color: 'blue' }, '2': { text: 'two' } } }];
    const field = { thresholds: THRESHOLDS, mappings, unit: 'percentunit' };
    expect(display(1, field)).toEqual({ text: 'complete', color: colorNamed('blue') });
    expect(display(2, field)).toEqual({ text: 'two', color: colorNamed('red') });
    expect(display(0, field)).toEqual({ text: '0%', color: colorNamed('green') });
  });

  it('is an error where the color or the kind of the mapping is not known', () => {
    expect(() => display(1, { thresholds: [{ value: null, color: 'mauve' }], mappings: [] })).toThrow(
      'mauve is unknown',
    );
    expect(() => display(1, { thresholds: [], mappings: [{ type: 'range', options: {} }] })).toThrow('mapping range');
  });
});
