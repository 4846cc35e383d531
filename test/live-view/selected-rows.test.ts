// World: an API that the test plays, and a clock that it sets. What a person selects, looks into and copies.
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { EndpointsAnswer } from '../../src/views/endpoint.ts';
import { connection, endpointsAnswer } from './endpoints.ts';
import { collection, openLoadedPage } from './fake-api.ts';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('the selection', () => {
  const withGone = (gone: number): EndpointsAnswer => {
    const answer = endpointsAnswer('c2', 999, 0, 101);
    return { ...answer, endpoints: answer.endpoints.filter((_, index) => index !== gone).slice(0, 100) };
  };

  test('follows its endpoint to another place', async () => {
    const { live, api, pass } = await openLoadedPage();
    live.selectEndpoint(50);
    api.reply = (request) =>
      request.path.endsWith('endpoints') ? Response.json(withGone(20)) : collection('c2', 999)(request);
    await pass(2_000);
    expect(live.state.cursor).toEqual({ position: 49, endpoint: connection(50) });
  });

  test('stays with what was there when its endpoint is gone, and its place is kept for the keys', async () => {
    const { live, api, pass } = await openLoadedPage();
    live.selectEndpoint(50);
    api.reply = (request) =>
      request.path.endsWith('endpoints') ? Response.json(withGone(50)) : collection('c2', 999)(request);
    await pass(2_000);
    expect(live.state.cursor).toEqual({ position: 50, endpoint: connection(50) });
    expect(live.keyTarget('ArrowDown', live.state.cursor?.position)).toBe(51);
  });

  test('of a row that has not come yet scrolls there, and becomes that of its endpoint', async () => {
    const { live, pass } = await openLoadedPage();
    live.selectEndpoint(999);
    expect(live.state.cursor).toEqual({ position: 999, endpoint: undefined });
    expect(live.state.scroll.scrollTop).toBe(24_500);
    await pass();
    expect(live.state.cursor).toEqual({ position: 999, endpoint: connection(999) });
  });
});

describe('details', () => {
  const queries = [{ title: 'this connection', promql: 'up' }];

  test('are asked for while they are open, with the queries', async () => {
    const { live, api, asked, pass } = await openLoadedPage();
    live.selectEndpoint(3);
    await pass();
    asked('endpoints');
    api.reply = (request) => {
      const answer = endpointsAnswer('c1', 10, 0, 10);
      const endpoints = answer.endpoints.map((endpoint) => ({ ...endpoint, queries }));
      return request.query.has('queries') ? Response.json({ ...answer, endpoints }) : collection('c1', 1_000)(request);
    };
    live.setDetailsOpen(true);
    await pass();
    expect(asked('endpoints')[0]?.query.get('remote')).toBe('10.0.0.2:3');
    expect(live.state.details).toMatchObject({ isGone: false, endpoint: { remotePort: 3, queries } });
    live.setDetailsOpen(false);
    await pass(10_000);
    expect(asked('endpoints').filter(({ query }) => query.has('queries'))).toEqual([]);
  });

  test('say when the endpoint is gone', async () => {
    const { live, api, pass } = await openLoadedPage();
    live.selectEndpoint(3);
    api.reply = collection('c2', 0);
    live.setDetailsOpen(true);
    await pass();
    expect(live.state.details).toMatchObject({ isGone: true, endpoint: connection(3) });
  });
});

describe('copying', () => {
  test('takes the rows in view with a header, or the selected one', async () => {
    const { live, done, pass } = await openLoadedPage();
    live.setScrollTop(100);
    live.copyRows();
    await pass();
    const lines = done[0]?.split('\n') ?? [];
    expect(lines).toHaveLength(22);
    expect(lines[1]).toContain('10.0.0.2\t4\t');
    expect(live.state.announcement.text).toBe('Copied 20 rows');
    live.selectEndpoint(7);
    live.copyRows();
    await pass();
    expect(done[1]).toBe('tcp\tipv4\t10.0.0.1\t443\t10.0.0.2\t7\testablished\t7\tnginx\tnginx.service\n');
    expect(live.state.announcement.text).toBe('Copied 1 row');
  });
});
