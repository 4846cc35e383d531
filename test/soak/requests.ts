// What the program is asked under the soak: by scrapers, by people who look, by those who leave, and by those who are wrong.
import type { Agent } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { type Answer, ask, askAndLeave, type Target } from './request.ts';
import { contradictionsOf } from './sums.ts';

/** Told of each answer: which handler counts it, as `netstat_exporter_http_requests_total` names it, and with what code. */
export interface Tally {
  answered(handler: string, code: number): void;
  /** A request whose client has left: the program may have answered it. */
  left(): void;
  /** The text of a scrape. */
  scraped(text: string): void;
}

export type Ask = (target: Target, agent: Agent | undefined, tally: Tally) => Promise<void>;

const OPENMETRICS = 'application/openmetrics-text;version=1.0.0,text/plain;q=0.5';
const GZIP = { 'accept-encoding': 'gzip' };
/** A scrape takes some 20 ms. */
const LEAVES_WITHIN_MS = 30;

/** Throws where the answer is another one. */
function expectStatus(expected: number, what: string, { status, body }: Answer): void {
  if (status !== expected)
    throw new Error(`${what}: ${status} in place of ${expected}: ${body.toString('utf8', 0, 200)}`);
}

function scrape(headers: Readonly<Record<string, string>>): Ask {
  return async (target, agent, tally) => {
    const answer = await ask(target, '/metrics', { headers, agent });
    expectStatus(200, '/metrics', answer);
    const isCompressed = answer.headers['content-encoding'] === 'gzip';
    if (isCompressed !== 'accept-encoding' in headers)
      throw new Error('/metrics: gzip, where none was asked for, or none');
    tally.answered('metrics', answer.status);
    const text = (isCompressed ? gunzipSync(answer.body) : answer.body).toString();
    const contradictions = contradictionsOf(text);
    if (contradictions.length > 0) throw new Error(`/metrics: ${contradictions.join('; ')}`);
    tally.scraped(text);
  };
}

/** Each of them makes a collection, or shares one. */
export const SCRAPES: readonly Ask[] = [
  scrape(GZIP),
  scrape({}),
  scrape({ accept: OPENMETRICS, ...GZIP }),
  scrape({ accept: OPENMETRICS }),
];

interface Other {
  readonly path: string;
  readonly handler: string;
  readonly code: number;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly auth?: string;
}

const LOOKS: readonly Other[] = [
  { path: '/api/v1/endpoints?limit=200&changes=true&queries=true', handler: 'api', code: 200, headers: GZIP },
  { path: '/api/v1/endpoints?sort=process&order=desc&limit=50', handler: 'api', code: 200 },
  { path: '/api/v1/summary', handler: 'api', code: 200, headers: GZIP },
  { path: '/api/v1/summary?by=destination', handler: 'api', code: 200 },
  { path: '/api/v1/endpoints.csv', handler: 'api', code: 200 },
  { path: '/live', handler: 'live', code: 200 },
  { path: '/', handler: 'landing', code: 200 },
  { path: '/-/ready', handler: 'ready', code: 200 },
];

const WRONG: readonly Other[] = [
  { path: '/nowhere', handler: 'other', code: 404 },
  { path: '/metrics', handler: 'metrics', code: 405, method: 'DELETE' },
  { path: '/metrics', handler: 'other', code: 413, method: 'GET', headers: { 'content-length': '7' } },
  { path: '/metrics?collect[]=nothing', handler: 'metrics', code: 400 },
  { path: '/metrics', handler: 'other', code: 401, auth: 'alice:wrong' },
  { path: '/metrics', handler: 'other', code: 401, auth: 'nobody:wrong' },
  { path: '/%zz', handler: 'other', code: 400 },
  { path: '/api/v1/endpoints?state=nowhere', handler: 'api', code: 400 },
  { path: '/api/v1/endpoints', handler: 'api', code: 403, headers: { host: 'elsewhere.test' } },
];

/** One after the other. */
function inTurn(others: readonly Other[]): Ask {
  let number = 0;
  return async (target, agent, tally) => {
    const other = others[number++ % others.length];
    if (other === undefined) return;
    const { path, handler, code, ...asked } = other;
    const answer = await ask(target, path, { ...asked, agent });
    expectStatus(code, `${asked.method ?? 'GET'} ${path}`, answer);
    tally.answered(handler, code);
  };
}

export const LOOKING: Ask = inTurn(LOOKS);
export const ASKING_WRONGLY: Ask = inTurn(WRONG);

export const LEAVING: Ask = async (target, _agent, tally) => {
  tally.left();
  await askAndLeave(target, '/metrics', Math.random() * LEAVES_WITHIN_MS);
};
