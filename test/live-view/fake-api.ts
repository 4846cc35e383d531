// An API for tests of the page without a browser: answers each request as the test wants it, now or later.
import { vi } from 'vitest';
import { LiveView, type Surroundings } from '../../src/live-view/live-view.ts';
import { initialState, type State } from '../../src/live-view/state.ts';
import { Store } from '../../src/live-view/store.ts';
import { parseView } from '../../src/live-view/view.ts';
import { endpointsAnswer, summaryAnswer } from './endpoints.ts';

export interface Request {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly etag: string | null;
  readonly signal: AbortSignal;
}

/** Undefined: none comes, until the request is taken back. */
export type Reply = Response | undefined;

/** The whole of the list and of the summary in the collection `id`, or 304 for who knows it. */
export function collection(id: string, total: number): (request: Request) => Response {
  return ({ path, query, etag }) => {
    if (etag === `"${id}"`) return new Response(null, { status: 304 });
    const page = [Number(query.get('offset') ?? 0), Number(query.get('limit') ?? 100)] as const;
    const body = path === 'api/v1/summary' ? summaryAnswer(id, total) : endpointsAnswer(id, total, ...page);
    return Response.json(body, { headers: { ETag: `"${id}"` } });
  };
}

/** A page whose view is `query`, and what it does. The test sets `reply`, and the clock of the timers. */
export function openPage(query: string, reply: (request: Request) => Reply) {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const api = { reply, requests: [] as Request[] };
  vi.stubGlobal(
    'fetch',
    (address: string, { headers, signal }: { headers: Record<string, string>; signal: AbortSignal }) => {
      const [path = '', text = ''] = address.split('?');
      const request = {
        path,
        query: new URLSearchParams(text),
        etag: new Headers(headers).get('If-None-Match'),
        signal,
      };
      api.requests.push(request);
      return answerOrAbort(api.reply(request), signal);
    },
  );
  const drawn: State[] = [];
  const done: string[] = [];
  const surroundings: Surroundings = {
    pushAddress: (address) => void done.push(`push ${address}`),
    replaceAddress: (address) => void done.push(`replace ${address}`),
    copy: async (text) => done.push(text) > 0,
  };
  const store = new Store(initialState(parseView(query), 25), (state) => drawn.push(state));
  const live = new LiveView(store, surroundings, 2_000);
  live.setViewportHeight(500);
  /** Lets `ms` pass, and answers come. */
  const pass = async (ms = 0): Promise<void> => {
    await vi.advanceTimersByTimeAsync(ms);
    // Reading a body takes some turns of the event loop.
    for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
  };
  /** The requests since it was last asked for, of one path. */
  const asked = (path: 'endpoints' | 'summary'): readonly Request[] => {
    const requests = api.requests.filter((request) => request.path === `api/v1/${path}`);
    api.requests = api.requests.filter((request) => !requests.includes(request));
    return requests;
  };
  return { api, live, drawn, done, pass, asked };
}

function answerOrAbort(reply: Reply, signal: AbortSignal): Promise<Response> {
  if (reply !== undefined) return Promise.resolve(reply);
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
}

/** A page that is looked at, with the first answers there. */
export async function openLoadedPage(query = '', total = 1_000) {
  const page = openPage(query, collection('c1', total));
  page.live.setShown(true);
  await page.pass();
  return page;
}
