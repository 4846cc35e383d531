// World: an API that the test plays, and a clock that it sets. What the page asks, when, and what it makes of the answers.
import { afterEach, describe, expect, test, vi } from 'vitest';
import { groupKey } from '../../src/live-view/group-order.ts';
import { parseView } from '../../src/live-view/view.ts';
import { addFilter, removeFilter, sortBy } from '../../src/live-view/view-edits.ts';
import { connection, endpointsAnswer } from './endpoints.ts';
import { collection, openLoadedPage, openPage } from './fake-api.ts';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('a page that is opened asks for the rows in view and for the summary of its view', async () => {
  const { live, asked } = await openLoadedPage('state=listen&sort=pid');
  const [list, ...more] = asked('endpoints');
  expect(more).toEqual([]);
  expect(list?.query.toString()).toBe('state=listen&sort=pid&order=asc&offset=0&limit=100&changes=true');
  expect(asked('summary').map(({ query }) => query.toString())).toEqual(['state=listen']);
  expect(live.state.rows?.at(99)).toEqual(connection(99));
  expect(live.state.summary?.answer.counts).toEqual({ established: 1_000 });
});

test('what is known is asked for with its ETag, and costs nothing', async () => {
  const { asked, drawn, pass } = await openLoadedPage();
  asked('endpoints');
  asked('summary');
  const drawings = drawn.length;
  await pass(2_000);
  expect(asked('endpoints').map(({ etag }) => etag)).toEqual(['"c1"']);
  expect(asked('summary').map(({ etag }) => etag)).toEqual(['"c1"']);
  expect(drawn).toHaveLength(drawings);
});

test('a new collection takes the place of all rows', async () => {
  const { live, api, pass } = await openLoadedPage();
  live.setScrollTop(20_000);
  await pass();
  api.reply = collection('c2', 900);
  await pass(2_000);
  expect(live.state.rows).toMatchObject({ total: 900, collection: { id: 'c2' } });
  expect(live.state.rows?.at(800)).toEqual(connection(800));
  expect(live.state.rows?.at(0)).toBeUndefined();
});

test('a list that becomes short while its end is in view is shown to its end', async () => {
  const { live, api, pass } = await openLoadedPage();
  live.setScrollTop(24_500);
  await pass();
  api.reply = collection('c2', 300);
  await pass(2_000);
  expect(live.state.rows?.at(299)).toEqual(connection(299));
});

describe('while the person scrolls', () => {
  test('rows that have not come are asked for, those that have are not', async () => {
    const { live, asked, pass } = await openLoadedPage();
    asked('endpoints');
    live.setScrollTop(20_000);
    await pass();
    const [request, ...more] = asked('endpoints');
    expect([request?.query.get('offset'), request?.query.get('limit'), request?.etag]).toEqual(['700', '200', null]);
    live.setScrollTop(0);
    live.setScrollTop(20_100);
    await pass();
    expect([...more, ...asked('endpoints')]).toEqual([]);
  });

  test('one question is under way, and then the one for where the person has come to', async () => {
    const { live, api, asked, pass } = await openLoadedPage();
    asked('endpoints');
    let answer: (() => Response) | undefined;
    vi.stubGlobal(
      'fetch',
      ((fetch) => (address: string, init: RequestInit) => {
        if (!address.includes('offset=200')) return fetch(address, init);
        return new Promise((resolve) => {
          answer = () => {
            const response = Response.json(endpointsAnswer('c1', 1_000, 200, 100));
            resolve(response);
            return response;
          };
        });
      })(fetch),
    );
    live.setScrollTop(6_000);
    live.setScrollTop(10_000);
    live.setScrollTop(20_000);
    await pass();
    expect(api.requests.filter(({ path }) => path === 'api/v1/endpoints')).toEqual([]);
    answer?.();
    await pass();
    expect(asked('endpoints').map(({ query }) => query.get('offset'))).toEqual(['700']);
  });
});

describe('the search', () => {
  test('is asked once, after a pause, and in the address without a step of its own', async () => {
    const { live, asked, done, pass } = await openLoadedPage();
    asked('endpoints');
    for (const text of ['n', 'ng', 'ngi ']) {
      live.typeSearch(text);
      await pass(100);
    }
    expect(asked('endpoints')).toEqual([]);
    await pass(100);
    expect(asked('endpoints').map(({ query }) => query.get('search'))).toEqual(['ngi']);
    expect(live.state.searchText).toBe('ngi ');
    expect(done).toEqual(['replace search=ngi']);
  });

  test('is not lost when another filter comes before the pause is over', async () => {
    const { live, done } = await openLoadedPage();
    live.typeSearch('ngi');
    live.edit((view) => addFilter(view, 'port', ['80']));
    expect(done).toEqual(['push port=80&search=ngi']);
  });
});

test('the answer to a view that is gone is dropped, however late it comes', async () => {
  const { live, api, pass, asked } = await openLoadedPage();
  asked('endpoints');
  api.reply = () => undefined;
  live.edit((view) => addFilter(view, 'port', ['80']));
  await pass();
  live.edit((view) => addFilter(view, 'port', ['82']));
  await pass();
  expect(live.state.problems).toEqual({});
  api.reply = collection('c1', 7);
  live.edit((view) => removeFilter(view, 'port', '82'));
  await pass();
  expect(asked('endpoints').map(({ signal }) => signal.aborted)).toEqual([true, true, false]);
  expect(live.state.rows).toMatchObject({ total: 7, question: 'port=80' });
  expect(live.state.problems).toEqual({});
});

describe('a page that nobody sees', () => {
  test('asks nothing, and asks at once when it is shown again', async () => {
    const { live, api, pass } = await openLoadedPage();
    live.setShown(false);
    api.requests = [];
    await pass(60_000);
    expect(api.requests).toEqual([]);
    live.setShown(true);
    await pass();
    expect(api.requests.map(({ path }) => path)).toEqual(['api/v1/endpoints', 'api/v1/summary']);
  });
});

describe('a page that is paused', () => {
  test('asks for its collection by name at once, so that it is kept, and then not again', async () => {
    const { live, api, pass } = await openLoadedPage();
    api.requests = [];
    live.togglePause();
    await pass(60_000);
    expect(api.requests.map(({ path, query, etag }) => [path, query.get('collection'), etag])).toEqual([
      ['api/v1/endpoints', 'c1', null],
      ['api/v1/summary', 'c1', null],
    ]);
  });

  test('scrolls and filters in that collection', async () => {
    const { live, asked, pass } = await openLoadedPage();
    live.togglePause();
    await pass();
    asked('endpoints');
    live.setScrollTop(20_000);
    await pass();
    live.edit((view) => addFilter(view, 'port', ['80']));
    await pass();
    expect(asked('endpoints').map(({ query }) => query.get('collection'))).toEqual(['c1', 'c1']);
  });

  test('says when its collection is gone, and resumes with the latest', async () => {
    const { live, api, pass } = await openLoadedPage();
    api.reply = ({ query }) =>
      query.has('collection')
        ? Response.json({ error: 'gone' }, { status: 410 })
        : collection('c9', 5)({ ...request, query });
    const request = { path: 'api/v1/endpoints', etag: null, signal: new AbortController().signal };
    live.togglePause();
    await pass();
    expect(live.state.problems.endpoints).toContain('resume');
    expect(live.state.rows?.at(0)).toBeDefined();
    live.togglePause();
    await pass();
    expect(live.state.problems.endpoints).toBeUndefined();
    expect(live.state.rows?.collection.id).toBe('c9');
  });

  test('stays paused when it is hidden and shown again', async () => {
    const { live, api, pass } = await openLoadedPage();
    live.togglePause();
    await pass();
    api.requests = [];
    live.setShown(false);
    live.setShown(true);
    await pass(10_000);
    expect(api.requests).toEqual([]);
  });
});

test('groups are asked for with the summary, and no list is', async () => {
  const { asked, pass } = await openLoadedPage('by=process');
  await pass(10_000);
  expect(asked('endpoints')).toEqual([]);
  expect(asked('summary')[0]?.query.toString()).toBe('by=process&limit=1000');
});

test('drilling into a group is a step of the history, sorting is none', async () => {
  const { live, done } = await openLoadedPage('by=process');
  live.drillInto({ cells: ['nginx', ''], total: 1, counts: {}, filter: { process: 'nginx', service: '' } });
  live.adjust((view) => sortBy(view, 'pid'));
  expect(done).toEqual(['push process=nginx&service=', 'replace process=nginx&service=&sort=pid&order=asc']);
  expect(live.state.view.by).toBeUndefined();
});

test('who comes back from a group finds it selected', async () => {
  const { live } = await openLoadedPage('by=process');
  const group = { cells: ['nginx', ''], total: 1, counts: {}, filter: { process: 'nginx', service: '' } };
  live.drillInto(group);
  live.showAddress(parseView('by=process'));
  expect(live.state.groupKey).toBe(groupKey(group));
});

test('the age of a collection goes by the clock of the server', async () => {
  const hour = 3_600_000;
  const { live } = openPage('', (request) => {
    const response = collection('c1', 1)(request);
    response.headers.set('Date', new Date(Date.now() + hour).toUTCString());
    return response;
  });
  live.setShown(true);
  await vi.waitFor(() => expect(live.state.summary).toBeDefined());
  expect(Math.abs(live.state.clockAheadMs - hour)).toBeLessThan(hour / 2);
});
