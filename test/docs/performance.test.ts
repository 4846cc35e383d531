import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { performanceDocument } from '../bench/harness/document.ts';
import { PARTS } from '../bench/parts.ts';

const read = (name: string): string => readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');

describe('docs/performance.md', () => {
  const results = JSON.parse(read('performance.json'));

  test('says what was measured, and nothing else', () => {
    expect(read('performance.md')).toBe(performanceDocument(PARTS, results));
  });

  test('has every part of the benchmark', () => {
    expect(Object.keys(results).sort()).toEqual(PARTS.map(({ name }) => name).sort());
  });
});
