// World: fixtures.
import { describe, expect, it } from 'vitest';
import { performanceDocument } from './document.ts';
import type { Figure } from './figures.ts';
import { isMet, type Part, ratioOf, type Target } from './part.ts';
import type { Measured } from './results.ts';
import { cellText, numberText, tableText } from './text.ts';

const figure = (median: number): Figure => ({ unit: 'ms', runs: 15, median, spread: [median / 2, median * 2], max: 9 });
const target = (bound: number): Target => ({
  of: 'reading',
  sense: 'at most',
  bound,
  measured: 2.04,
  unit: 'times',
  why: 'the kernel takes most of it',
});
const part = (name: string): Part => ({ name, title: `About ${name}`, about: 'How.', run: () => Promise.reject() });
const measured: Measured = {
  tables: [
    {
      title: 'Rows',
      columns: ['Rows', 'C', 'Ours', 'Ratio'],
      rows: [[10_000, figure(1), figure(2), ratioOf(figure(2), figure(1))]],
    },
  ],
  targets: [target(3), target(2)],
  versions: { gcc: '12.2.0' },
  machine: { processor: 'Some CPU', processors: 2, memoryGb: 24, os: 'Linux 6.1 x64', node: '26.0.0' },
  date: '2026-01-31',
  minutes: 1,
};

describe('the document', () => {
  const text = performanceDocument([part('one'), part('two')], { two: measured, gone: measured });

  it('has each part that was measured, with its command, machine and versions', () => {
    expect(text).toContain('## About two\n\nHow.\n\n`npm run bench -- two` (2026-01-31, 2 processors of Some CPU');
    expect(text).toContain('Node.js 26.0.0, gcc 12.2.0)');
    expect(text).not.toContain('About one');
  });

  it('has the targets, reached or with the reason why not', () => {
    expect(text).toMatch(/\| reading: at most 3 times +\| 2.04 times +\| yes +\|/);
    expect(text).toMatch(/\| reading: at most 2 times +\| 2.04 times +\| no: the kernel takes most of it +\|/);
  });

  it('has medians with their spread, and ratios', () => {
    expect(text).toMatch(/\| 10,000 +\| 1 ms \(0.5–2, 15 runs\) +\| 2 ms \(1–4, 15 runs\) +\| 2 +\|/);
  });
});

describe('a target', () => {
  it('is reached at its bound', () => {
    expect(isMet({ ...target(3), measured: 3 })).toBe(true);
    expect(isMet({ ...target(3), sense: 'at least', measured: 3 })).toBe(true);
    expect(isMet({ ...target(3), sense: 'at least', measured: 2.9 })).toBe(false);
  });
});

describe('a cell', () => {
  it.each([
    [0.009_34, '0.00934'],
    [1.306, '1.31'],
    [99.96, '100'],
    [249.4, '249'],
    [12_400.4, '12,400'],
    [-0.25, '-0.25'],
  ])('of the number %d is %s', (value, text) => {
    expect(numberText(value)).toBe(text);
  });

  it('is text, a count, a figure or a ratio', () => {
    expect(cellText('as it is')).toBe('as it is');
    expect(cellText(50_000)).toBe('50,000');
    expect(cellText({ ratio: 2.345 })).toBe('2.35');
  });

  it('is as wide as the widest of its column', () => {
    const lines = tableText({ title: '', columns: ['A', 'Long'], rows: [['longer', 1]] }).split('\n');
    expect(lines).toEqual(['| A      | Long |', '| ------ | ---- |', '| longer | 1    |']);
  });
});
