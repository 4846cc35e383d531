// World: none. The numbers above the list.
import { expect, test } from 'vitest';
import { numberOf, pastOf, totalText } from '../../src/live-view/counting.ts';
import type { SummaryAnswer } from '../../src/views/endpoint.ts';
import { summaryAnswer } from './endpoints.ts';

const SUMMARY: SummaryAnswer = {
  ...summaryAnswer('c1', 0),
  counts: { established: 1_200, listen: 30, udp: 4 },
  selected: { established: 1_200, listen: 30, udp: 4 },
  history: {
    times: ['t1', 't2', 't3'],
    counts: { established: [1, null, 3], listen: [10, 20, 30], udp: [7, 8, 9] },
  },
};

test('TCP is the sum of its states, UDP apart', () => {
  expect(numberOf(SUMMARY, 'tcp')).toBe(1_230);
  expect(numberOf(SUMMARY, 'udp')).toBe(4);
  expect(numberOf(SUMMARY, 'close_wait')).toBe(0);
  expect(pastOf(SUMMARY, 'tcp')).toEqual([11, null, 33]);
  expect(pastOf(SUMMARY, 'udp')).toEqual([7, 8, 9]);
  expect(pastOf(SUMMARY, 'close_wait')).toEqual([]);
});

test('the total says how many fit, and in how many groups', () => {
  expect(totalText(SUMMARY)).toBe('1,234 endpoints');
  expect(totalText({ ...SUMMARY, selected: { listen: 1 } })).toBe('1 of 1,234 endpoints');
  const groups = { by: 'port', total: 2, offset: 0, items: [] } as const;
  expect(totalText({ ...SUMMARY, selected: {}, groups })).toBe('0 of 1,234 endpoints in 2 groups');
  expect(totalText({ ...SUMMARY, groups: { ...groups, by: 'destination' } })).toBe(
    '1,234 endpoints, the outbound ones in 2 groups',
  );
});
