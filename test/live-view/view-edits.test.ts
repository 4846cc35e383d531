// World: none. What a person does to the view.
import { describe, expect, test } from 'vitest';
import { parseView, type View } from '../../src/live-view/view.ts';
import {
  addFilter,
  clearFilters,
  drillInto,
  narrow,
  removeFilter,
  sortBy,
  toggleProtocol,
  toggleState,
} from '../../src/live-view/view-edits.ts';

const of = (query: string): View => parseView(query).view;

test('a filter is added once, and taken away alone', () => {
  expect(addFilter(of('port=80'), 'port', ['443', '80'])).toEqual(of('port=80,443'));
  expect(removeFilter(of('port=80,443'), 'port', '80')).toEqual(of('port=443'));
  expect(removeFilter(of('port=80&state=listen'), 'port', '80')).toEqual(of('state=listen'));
});

test('all filters and the search go at once; order and grouping stay', () => {
  expect(clearFilters(of('port=80&search=x&sort=pid&by=state'))).toEqual(of('sort=pid&by=state'));
});

test('narrowing replaces the filters of the same name', () => {
  const view = narrow(of('process=ngin*&port=80&by=process'), { process: 'nginx', service: '' });
  expect(view).toEqual(of('process=nginx&port=80&service=&by=process'));
});

test('drilling into a group ends grouping and its order', () => {
  const view = drillInto(of('search=x&by=port&sort=local-port'), { protocol: 'tcp', port: '443' });
  expect(view).toEqual(of('search=x&protocol=tcp&port=443'));
});

test('what is no filter does not get into the view', () => {
  expect(narrow(of(''), { collection: '7', search: 'x' })).toEqual(of(''));
});

describe('states and UDP, which has none, exclude each other', () => {
  test.each([
    ['', 'listen', 'state=listen'],
    ['state=listen', 'listen', ''],
    ['state=listen', 'closing', 'state=listen,closing'],
    ['protocol=udp', 'listen', 'state=listen'],
    ['protocol=tcp', 'listen', 'protocol=tcp&state=listen'],
  ] as const)('%o and %s is %o', (before, state, after) => {
    expect(toggleState(of(before), state)).toEqual(of(after));
  });

  test.each([
    ['', 'udp', 'protocol=udp'],
    ['protocol=udp', 'udp', ''],
    ['protocol=tcp&state=listen', 'udp', 'protocol=udp'],
    ['protocol=udp', 'tcp', 'protocol=tcp'],
    ['state=listen', 'tcp', 'state=listen&protocol=tcp'],
  ] as const)('%o and %s is %o', (before, protocol, after) => {
    expect(toggleProtocol(of(before), protocol)).toEqual(of(after));
  });
});

test('a column sorts upwards, then downwards, then no longer', () => {
  const up = sortBy(of(''), 'pid');
  expect(up).toEqual(of('sort=pid'));
  expect(sortBy(up, 'state')).toEqual(of('sort=state'));
  const down = sortBy(up, 'pid');
  expect(down).toEqual(of('sort=pid&order=desc'));
  expect(sortBy(down, 'pid')).toEqual(of(''));
});
