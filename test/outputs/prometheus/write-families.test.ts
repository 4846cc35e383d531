// Given these families, this text.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FORMATS, type Format } from '../../../src/outputs/prometheus/formats.ts';
import type { TextFamily } from '../../../src/outputs/prometheus/text-family.ts';
import { writeFamilies } from '../../../src/outputs/prometheus/write-families.ts';
import { readText } from '../../support/exposition.ts';

function family(changes: Partial<TextFamily>): TextFamily {
  return { name: 'x', help: 'Help.', kind: 'gauge', unit: '', labels: [], labelValues: [], values: [1], ...changes };
}

function write(format: Format, ...families: readonly TextFamily[]): string {
  return writeFamilies(families, format);
}

/** One sample with these labels. */
function labelled(labels: Readonly<Record<string, string>>): TextFamily {
  return family({ labels: Object.keys(labels), labelValues: Object.values(labels) });
}

describe('names and types', () => {
  test('a counter keeps its name in text and gives its suffix away in OpenMetrics', () => {
    const counter = family({ name: 'x_total', kind: 'counter', values: [5] });
    expect(write('text', counter)).toBe('# HELP x_total Help.\n# TYPE x_total counter\nx_total 5\n');
    expect(write('openmetrics', counter)).toBe('# HELP x Help.\n# TYPE x counter\nx_total 5\n');
  });

  test('an info is a gauge in text and an info in OpenMetrics', () => {
    const info = family({ name: 'x_info', kind: 'info', labels: ['version'], labelValues: ['1'] });
    expect(write('text', info)).toBe('# HELP x_info Help.\n# TYPE x_info gauge\nx_info{version="1"} 1\n');
    expect(write('openmetrics', info)).toBe('# HELP x Help.\n# TYPE x info\nx_info{version="1"} 1\n');
  });

  test.each(['counter', 'info'] as const)(
    'a %s whose name OpenMetrics forbids keeps its name and loses its type',
    (kind) => {
      expect(write('openmetrics', family({ kind }))).toBe('# HELP x Help.\n# TYPE x unknown\nx 1\n');
    },
  );

  test('only OpenMetrics tells the unit, and only of names that end in it', () => {
    const seconds = family({ name: 'x_seconds_total', kind: 'counter', unit: 's' });
    expect(write('openmetrics', seconds)).toContain('# UNIT x_seconds seconds\n');
    expect(write('text', seconds)).not.toContain('UNIT');
    expect(write('openmetrics', family({ name: 'x', unit: 's' }))).not.toContain('UNIT');
    expect(write('openmetrics', family({ name: 'x_seconds' }))).not.toContain('UNIT');
  });

  test('a family without samples is left out', () => {
    expect(write('text', family({ values: [] }), family({ name: 'y' }))).toBe('# HELP y Help.\n# TYPE y gauge\ny 1\n');
  });

  test('two families of one name are refused, in OpenMetrics also where only the suffix differs', () => {
    const gauge = family({ name: 'x' });
    const counter = family({ name: 'x_total', kind: 'counter' });
    expect(() => write('text', gauge, counter, gauge)).toThrow('Two metric families are named x');
    expect(() => write('openmetrics', gauge, counter)).toThrow('Two metric families are named x');
    expect(write('text', gauge, counter)).toContain('x_total 1\n');
  });
});

describe('labels', () => {
  test('an empty value is no label', () => {
    expect(write('text', labelled({ a: '', b: '2', c: '' }))).toContain('\nx{b="2"} 1\n');
    expect(write('text', labelled({ a: '', b: '' }))).toContain('\nx 1\n');
  });

  test('samples of one family follow each other, each with its own labels', () => {
    const two = family({ labels: ['a', 'b'], labelValues: ['1', '', '3', '4'], values: [5, 6] });
    expect(write('text', two)).toContain('gauge\nx{a="1"} 5\nx{a="3",b="4"} 6\n');
  });

  test('quotes, backslashes and new lines are escaped', () => {
    expect(write('text', labelled({ a: '"\\\n' }))).toContain('x{a="\\"\\\\\\n"} 1');
  });

  test.each(FORMATS)('any value is read back as it was from %s', (format) => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', minLength: 1 }), { minLength: 1, maxLength: 4 }), (values) => {
        const labels = Object.fromEntries(values.map((value, index) => [`l${index}`, value]));
        expect(readText(write(format, labelled(labels))).samples).toEqual([{ name: 'x', labels, value: '1' }]);
      }),
    );
  });

  test.each(FORMATS)('half a surrogate pair does not break the text of %s', (format) => {
    const text = Buffer.from(write(format, labelled({ a: 'left \ud800', b: '\udc00' }))).toString();
    expect(readText(text).samples[0]?.labels).toEqual({ a: 'left \ufffd', b: '\ufffd' });
  });
});

describe('help', () => {
  test('OpenMetrics escapes quotes, text does not; both escape backslashes and new lines', () => {
    const help = 'a "b" \\ c\nd';
    expect(write('text', family({ help }))).toContain('# HELP x a "b" \\\\ c\\nd\n');
    expect(write('openmetrics', family({ help }))).toContain('# HELP x a \\"b\\" \\\\ c\\nd\n');
  });
});

describe('numbers', () => {
  test.each([
    [0, '0'],
    [-0, '0'],
    [4_294_967_296, '4294967296'],
    [0.2, '0.2'],
    [-1.5, '-1.5'],
    [1e21, '1e+21'],
    [5e-324, '5e-324'],
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, '+Inf'],
    [Number.NEGATIVE_INFINITY, '-Inf'],
  ])('%f is written %s', (value, text) => {
    expect(write('text', family({ values: [value] }))).toContain(`\nx ${text}\n`);
  });

  test.each([
    ['0', '0.0'],
    ['1', '1.0'],
    ['0.005', '0.005'],
    ['0.0001', '0.0001'],
    ['0.00001', '1e-05'],
    ['100000', '100000.0'],
    ['1000000', '1e+06'],
    ['1234567', '1.234567e+06'],
    ['1e+100', '1e+100'],
    ['-2', '-2.0'],
    ['+Inf', '+Inf'],
    ['odd', 'odd'],
  ])('the bucket limit %s is %s in OpenMetrics and unchanged in text', (le, canonical) => {
    const bucket = family({ kind: 'histogram', labels: ['le'], labelValues: [le], suffixes: ['_bucket'] });
    expect(write('text', bucket)).toContain(`\nx_bucket{le="${le}"} 1\n`);
    expect(write('openmetrics', bucket)).toContain(`\nx_bucket{le="${canonical}"} 1\n`);
  });

  test('only the limits of histograms and the quantiles of summaries are rewritten', () => {
    const labels = { labels: ['le', 'quantile'], labelValues: ['1', '1'] };
    expect(write('openmetrics', family({ ...labels, kind: 'gauge' }))).toContain('x{le="1",quantile="1"}');
    expect(write('openmetrics', family({ ...labels, kind: 'histogram' }))).toContain('x{le="1.0",quantile="1"}');
    expect(write('openmetrics', family({ ...labels, kind: 'summary' }))).toContain('x{le="1",quantile="1.0"}');
  });
});
