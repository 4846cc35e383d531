// World: the built program. Thousands of hostile queries for the live view and its API, the same in each run.

import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { text as readAll } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { problemOf } from './answers.ts';
import { hostileTargets } from './hostile-queries.ts';
import { startInspected } from './inspected-program.ts';
import { countSockets, expectSockets } from './open-sockets.ts';
import { startProber } from './prober.ts';

const SEED = 20_261_122;
const WARM_UP = 1_500;
const QUERIES = 6_000;
const PARALLEL = 8;
/** What may come to be held by objects; seen: 0.02. */
const HELD_KB_PER_QUERY = 0.2;
/** What the process may grow by; seen: up to 9,000. */
const RESIDENT_KB = 24_000;
const STATUSES = [200, 304, 400, 404, 410];
/** Controls, what ends a line, what turns the direction of writing. */
const UNFIT = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;
const MAX_ERROR_LENGTH = 500;

const RECORDING = fileURLToPath(new URL('../../fixtures/windows-server.jsonl', import.meta.url));

test('hostile queries get an answer or one line that says why not, and leave nothing behind', async () => {
  await using program = await startInspected(
    `--source=replay:${RECORDING}`,
    '--web.enable-live-view',
    '--collector.interval=1s',
  );
  const agent = new Agent({ keepAlive: true, maxSockets: PARALLEL });
  const before = countSockets(program.pid);
  const prober = startProber(`${program.url}/metrics`);
  const problems: string[] = [];
  const statuses = new Set<number>();
  const play = async (targets: readonly string[]): Promise<void> => {
    const left = targets.values();
    const playSome = async (): Promise<void> => {
      for (const target of left) {
        const { status, problem } = await ask(program.url, target, agent);
        statuses.add(status);
        if (problem !== undefined) problems.push(`${problem}: ${target.slice(0, 300)}`);
      }
    };
    await Promise.all(Array.from({ length: PARALLEL }, playSome));
  };
  const targets = hostileTargets(SEED, WARM_UP + QUERIES);
  await play(targets.slice(0, WARM_UP));
  const warm = await program.held();
  await play(targets.slice(WARM_UP));
  const outcomes = await prober.end();
  agent.destroy();
  await expectSockets(program.pid, before);
  const after = await program.held();

  expect(problems.slice(0, 5)).toEqual([]);
  expect([...statuses]).toEqual(expect.arrayContaining(STATUSES));
  expect(new Set(outcomes)).toEqual(new Set([200]));
  expect(after.usedKb - warm.usedKb).toBeLessThan(HELD_KB_PER_QUERY * QUERIES);
  expect(after.residentKb - warm.residentKb).toBeLessThan(RESIDENT_KB);
  expect(program.log()).not.toContain('level=error');
});

/** The last tag that came for a target's path: asked for with it, every other time, a page is told that it has that. */
const tags = new Map<string, string>();
let asked = 0;

async function ask(
  url: string,
  target: string,
  agent: Agent,
): Promise<{ status: number; problem: string | undefined }> {
  const [path = ''] = target.split('?');
  asked += 1;
  const headers = asked % 2 === 0 ? {} : { 'If-None-Match': tags.get(path) ?? '*' };
  const sent = request(url, { path: target, agent, headers: { ...headers, Host: 'localhost' } }).end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  const body = await readAll(response);
  const status = response.statusCode ?? 0;
  const { etag } = response.headers;
  if (etag !== undefined) tags.set(path, etag);
  const headersByName = new Map(Object.entries(response.headers).map(([name, value]) => [name, String(value)]));
  const known = STATUSES.includes(status) ? undefined : `the status is ${status}`;
  const answer = {
    status: status === 304 || status === 410 ? 200 : status,
    headers: headersByName,
    body: status === 200 ? '' : body,
  };
  return { status, problem: known ?? problemOf(answer) ?? errorProblem(path, status, body) };
}

/** What is no URL is refused before anybody knows for what it is, in plain text. */
function errorProblem(path: string, status: number, body: string): string | undefined {
  if (status < 400 || status === 404 || body === 'the URL has a malformed percent-encoding\n') return undefined;
  if (!path.startsWith('/api/v1/')) return `${path} answers ${status}`;
  const { error } = JSON.parse(body);
  if (typeof error !== 'string' || error === '' || error.length > MAX_ERROR_LENGTH || UNFIT.test(error))
    return `the error is ${JSON.stringify(body)}`;
  return undefined;
}
