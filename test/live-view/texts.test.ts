// World: none. Numbers, times and problems as a person reads them.
import { describe, expect, test } from 'vitest';
import { networkProblem, statusProblem } from '../../src/live-view/problems.ts';
import { ageText, capitalised, countOf, isLate } from '../../src/live-view/texts.ts';

test.each([
  [-5_000, 'now'],
  [999, 'now'],
  [12_400, '12 s ago'],
  [119_999, '119 s ago'],
  [120_000, '2 min ago'],
  [7_199_999, '119 min ago'],
  [7_200_000, '2 h ago'],
  [200_000_000, '2 days ago'],
])('%d ms is %s', (ageMs, text) => {
  expect(ageText(ageMs)).toBe(text);
});

test('counts have commas, and a singular', () => {
  expect([countOf(0, 'row'), countOf(1, 'row'), countOf(12_345, 'row')]).toEqual(['0 rows', '1 row', '12,345 rows']);
});

test('a heading begins with a capital letter', () => {
  expect(capitalised('local port')).toBe('Local port');
});

test('a collection is late when two should have followed', () => {
  expect(isLate(29_000, 10_000)).toBe(false);
  expect(isLate(31_000, 10_000)).toBe(true);
  expect(isLate(9e9, 0)).toBe(false);
});

describe('a problem is one line', () => {
  test.each([
    [400, '{"error":"port: \\"x\\" is no port"}', 'The server refuses (400): port: "x" is no port'],
    [403, '{"error":"this host is not served"}', 'The server refuses (403): this host is not served'],
    [503, '{"error":"no collection yet"}', 'The server has nothing to show now (503): no collection yet'],
    [502, '<html>Bad gateway', 'The server refuses (502): <html>Bad gateway'],
    [500, '', 'The server refuses (500): it says no reason'],
    [500, 'null', 'The server refuses (500): null'],
  ])('%d with %s', (status, text, problem) => {
    expect(statusProblem(status, text)).toBe(problem);
  });

  test.each([
    [401, /user and a password .*reload/],
    [410, /no longer kept .*resume/],
    [429, /too often/],
  ])('%d says what to do', (status, words) => {
    expect(statusProblem(status, '{"error":"x"}')).toMatch(words);
  });

  test('and says where no answer came from', () => {
    expect(networkProblem(new DOMException('', 'TimeoutError'), 30_000)).toContain('within 30 s');
    expect(networkProblem(new SyntaxError('x'), 1)).toContain('no JSON');
    expect(networkProblem(new TypeError('Failed to fetch'), 1)).toContain('cannot be reached');
  });
});
