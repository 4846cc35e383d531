// World: none. What is asked of the API: the API's own reading of it is the judge.
import { describe, expect, test } from 'vitest';
import {
  csvAddress,
  detailsAddress,
  endpointsAddress,
  MAX_GROUPS,
  summaryAddress,
} from '../../src/live-view/addresses.ts';
import { parseView } from '../../src/live-view/view.ts';
import { MAX_PAGE_LIMIT, parseQuestion, type Question } from '../../src/views/looking/question.ts';
import { CONNECTION, LISTENER } from './endpoints.ts';

const { view } = parseView('state=close_wait&process=nginx&search=a b&sort=pid&order=desc');
const FILTER = { states: ['close_wait'], processes: ['nginx'], search: 'a b' };

/** The path, relative to the page, and what the API understands. */
function read(kind: Question['kind'], address: string): readonly [string, Question] {
  const [path = '', query = ''] = address.split('?');
  return [path, parseQuestion(kind, new URLSearchParams(query))];
}

test('a range of the list comes with its changes', () => {
  const [path, question] = read('endpoints', endpointsAddress(view, { offset: 200, end: 400 }, undefined));
  expect(path).toBe('api/v1/endpoints');
  expect(question).toEqual({
    kind: 'endpoints',
    filter: FILTER,
    order: { column: 'pid', descending: true },
    offset: 200,
    limit: 200,
    changes: true,
    queries: false,
    collection: undefined,
  });
});

test('a paused page names its collection, whatever it asks for', () => {
  for (const [kind, address] of [
    ['endpoints', endpointsAddress(view, { offset: 0, end: 100 }, 'c7')],
    ['endpoints', detailsAddress(LISTENER, 'c7')],
    ['summary', summaryAddress(view, 'c7')],
    ['csv', csvAddress(view, 'c7')],
  ] as const)
    expect(read(kind, address)[1].collection).toBe('c7');
});

test('the summary of a list has no groups, that of a grouping as many as may be', () => {
  expect(read('summary', summaryAddress(view, undefined))[1]).toMatchObject({ filter: FILTER, by: undefined });
  const [path, question] = read('summary', summaryAddress({ ...view, by: 'port' }, undefined));
  expect(path).toBe('api/v1/summary');
  expect(question).toMatchObject({ filter: FILTER, by: 'port', offset: 0, limit: MAX_GROUPS });
  expect(MAX_GROUPS).toBe(MAX_PAGE_LIMIT);
});

test('the CSV has the filters and the order', () => {
  const [path, question] = read('csv', csvAddress(view, undefined));
  expect(path).toBe('api/v1/endpoints.csv');
  expect(question).toMatchObject({ filter: FILTER, order: { column: 'pid', descending: true } });
});

describe('one endpoint is looked for with its queries', () => {
  test('a connection by its ends, whoever owns it', () => {
    const [, question] = read('endpoints', detailsAddress(CONNECTION, undefined));
    expect(question).toMatchObject({
      queries: true,
      filter: { protocols: ['tcp'], ports: [{ first: 443, last: 443 }] },
    });
    expect(question.filter.remotes).toMatchObject([
      { network: { bytes: [10, 0, 0, 2], prefixBits: 32 }, port: 50_000 },
    ]);
    expect(Object.keys(question.filter).toSorted()).toEqual(['ports', 'protocols', 'remotes']);
  });

  test('one over IPv6 by an address in brackets', () => {
    const endpoint = { ...CONNECTION, family: 'ipv6', remoteAddress: 'fe80::1%2' } as const;
    const [, question] = read('endpoints', detailsAddress(endpoint, undefined));
    expect(question.filter.remotes).toMatchObject([{ network: { family: 'ipv6', scope: 2 }, port: 50_000 }]);
  });

  test('a listener by its owner and state', () => {
    const [, { filter }] = read('endpoints', detailsAddress(LISTENER, undefined));
    expect(filter).toMatchObject({ processes: ['7'], states: ['listen'] });
  });

  test('a UDP endpoint that nobody owns by its port', () => {
    const endpoint = { ...LISTENER, protocol: 'udp', state: null, pid: null } as const;
    const [, { filter }] = read('endpoints', detailsAddress(endpoint, undefined));
    expect(Object.keys(filter).toSorted()).toEqual(['ports', 'protocols']);
  });
});
