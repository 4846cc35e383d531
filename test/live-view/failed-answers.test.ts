// World: an API that the test plays, and a clock that it sets. What the page says and does where it gets no answer.
import { afterEach, describe, expect, test, vi } from 'vitest';
import { connection } from './endpoints.ts';
import { collection, openLoadedPage } from './fake-api.ts';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('what goes wrong', () => {
  test('is said in words, the rows stay, and it is forgotten with the next answer', async () => {
    const { live, api, pass } = await openLoadedPage();
    api.reply = () => Response.json({ error: 'no fresh collection' }, { status: 503, headers: { 'Retry-After': '2' } });
    await pass(2_000);
    expect(live.state.problems.endpoints).toBe('The server has nothing to show now (503): no fresh collection');
    expect(live.state.rows?.at(0)).toEqual(connection(0));
    // The answer is the known one, for which nothing else is drawn.
    api.reply = collection('c1', 1_000);
    await pass(2_000);
    expect(live.state.problems).toEqual({});
  });

  test('is forgotten with a new answer, too', async () => {
    const { live, api, pass } = await openLoadedPage();
    api.reply = () => Response.json({ error: 'x' }, { status: 500 });
    await pass(2_000);
    expect(Object.keys(live.state.problems)).toEqual(['endpoints', 'summary']);
    api.reply = collection('c2', 1_000);
    await pass(2_000);
    expect(live.state.problems).toEqual({});
  });

  test('that a page of a proxy came instead of an answer is one of those', async () => {
    const { live, api, pass } = await openLoadedPage();
    api.reply = () => new Response('<html>Log in</html>');
    await pass(2_000);
    expect(live.state.problems.summary).toContain('no JSON');
  });
});
