// World: none. The view in the address bar: what somebody is sent shows the same.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FILTERS, formatView, listQuestion, parseView, type View } from '../../src/live-view/view.ts';
import { GROUPINGS } from '../../src/views/endpoint.ts';
import { SORT_COLUMNS } from '../../src/views/filter.ts';
import { FILTER_NAMES } from '../../src/views/selection/filter-parameters.ts';

const PLAIN: View = { filters: {}, search: '', order: undefined, by: undefined };

test('the page knows the filters of the API', () => {
  expect([...FILTERS, 'search'].toSorted()).toEqual(FILTER_NAMES.toSorted());
});

describe('a query is read', () => {
  test('an empty one as everything, in no order', () => {
    expect(parseView('')).toEqual({ view: PLAIN, ignored: [] });
  });

  test('with all that a view can have', () => {
    const query = '?process=nginx&process=svc*&service=&remote=10.0.0.0/8&search=a+b&sort=pid&order=desc&by=port';
    expect(parseView(query).view).toEqual({
      filters: { process: ['nginx', 'svc*'], service: [''], remote: ['10.0.0.0/8'] },
      search: 'a b',
      order: { column: 'pid', descending: true },
      by: 'port',
    });
  });

  test.each([
    ['state=CLOSE_WAIT,time-wait&state=close_wait', { state: ['close_wait', 'time_wait'] }],
    ['protocol=TCP,udp', { protocol: ['tcp', 'udp'] }],
    ['port=80,8000-8999', { port: ['80', '8000-8999'] }],
    // A name of a process may have a comma in it.
    ['process=a,b', { process: ['a,b'] }],
  ])('lists with commas as values of their own: %s', (query, filters) => {
    expect(parseView(query).view.filters).toEqual(filters);
  });

  test('and what the page does not know is told of', () => {
    const { view, ignored } = parseView('state=listen&colour=red&by=wind&sort=size&order=up');
    expect(view).toEqual({ ...PLAIN, filters: { state: ['listen'] } });
    expect(ignored).toEqual(['colour=red', 'by=wind', 'sort=size', 'order=up']);
  });
});

test('what is written is read as the same view', () => {
  const values = (name: string) =>
    fc.uniqueArray(name === 'state' ? fc.stringMatching(/^[a-z_]+$/) : fc.stringMatching(/^[a-z0-9]+$/), {
      minLength: 1,
      maxLength: 3,
    });
  const filters = fc.record(Object.fromEntries(FILTERS.map((name) => [name, values(name)])), { requiredKeys: [] });
  const order = fc.record({ column: fc.constantFrom(...SORT_COLUMNS), descending: fc.boolean() });
  const views = fc.record({
    filters,
    search: fc.string({ unit: 'grapheme' }).map((text) => text.trim()),
    order: fc.option(order, { nil: undefined }),
    by: fc.option(fc.constantFrom(...GROUPINGS), { nil: undefined }),
  });
  fc.assert(
    fc.property(views, (view) => {
      expect(parseView(formatView(view))).toEqual({ view, ignored: [] });
    }),
  );
});

test('names with any signs come through', () => {
  const process = ['a&b=c#d?e+f%20 g\'"<', '名前'];
  expect(parseView(formatView({ ...PLAIN, filters: { process } })).view.filters).toEqual({ process });
});

test('the question for the list has filters, words and order, and not the grouping', () => {
  const view: View = { ...PLAIN, search: 'x', order: { column: 'state', descending: false }, by: 'state' };
  expect(listQuestion(view)).toBe('search=x&sort=state&order=asc');
});
