// Benchmarks of a closed server: what TLS and passwords add to a scrape and to the program, and what a wrong password tells.
import { readFileSync, writeFileSync } from 'node:fs';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { fileURLToPath } from 'node:url';
import { hashSync } from 'bcryptjs';
import { makeCertificates } from '../support/certificates.ts';
import { type ClientOptions, get } from '../support/client.ts';
import { type RunningProgram, startProgram } from '../support/program.ts';
import { TLS_LINES } from '../support/web-config-files.ts';
import { type Result, summarize } from './measure.ts';
import { rankDeviation } from './rank-test.ts';

const SOURCE = `--source=replay:${fileURLToPath(new URL('../fixtures/windows-server.jsonl', import.meta.url))}`;
const PASSWORD = 'right';
const RIGHT = { auth: `known:${PASSWORD}` };
const SCRAPES = 300;
const WARM_UP_SCRAPES = 100;
const REFUSALS = 40;
const WARM_UP_REFUSALS = 5;

export interface Refusals {
  readonly known: Result;
  readonly unknown: Result;
  /** Beyond 1.96 either way the two can be told apart. */
  readonly deviation: number;
}

/** The time of a 401 with ever another wrong password, by turns for a user that there is and one that there is not. */
export async function refusals(cost: number): Promise<Refusals> {
  using certificates = makeCertificates();
  await using program = await startProgram(SOURCE, configured(certificates.path('web.yml'), usersOf(cost)));
  const agent = new HttpAgent({ keepAlive: true });
  const timesMs: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] };
  for (let i = 0; i < WARM_UP_REFUSALS + REFUSALS; i += 1) {
    for (const user of ['known', 'unknown'] as const) {
      const startMs = performance.now();
      const { status } = await get(`${program.url}/health`, { agent, auth: `${user}:wrong ${i}` });
      const timeMs = performance.now() - startMs;
      if (status !== 401) throw new Error(`a wrong password was answered with ${status}`);
      if (i >= WARM_UP_REFUSALS) timesMs[user].push(timeMs);
    }
  }
  agent.destroy();
  return {
    known: summarize(`401 at cost ${cost}, known user`, timesMs.known),
    unknown: summarize(`401 at cost ${cost}, unknown user`, timesMs.unknown),
    deviation: rankDeviation(timesMs.unknown, timesMs.known),
  };
}

export interface Server {
  readonly name: string;
  readonly kept: Result;
  readonly anew: Result;
  readonly residentMb: number;
}

/** A scrape on a connection that is kept, and on a new one each, of an open server and of closed ones. */
export async function scrapes(): Promise<readonly Server[]> {
  using certificates = makeCertificates();
  const secure = { ca: certificates.read('authority.pem') };
  const servers: Server[] = [];
  const add = async (name: string, client: ClientOptions, ...config: readonly string[]): Promise<void> => {
    const flags = config.length === 0 ? [] : [configured(certificates.path('web.yml'), ...config)];
    await using program = await startProgram(SOURCE, ...flags);
    servers.push(await measureServer(name, program, client));
  };
  await add('plain', {});
  await add('plain, password', RIGHT, usersOf(10));
  await add('TLS', secure, TLS_LINES);
  await add('TLS, password', { ...secure, ...RIGHT }, TLS_LINES, usersOf(10));
  return servers;
}

async function measureServer(name: string, program: RunningProgram, client: ClientOptions): Promise<Server> {
  const Agent = program.url.startsWith('https:') ? HttpsAgent : HttpAgent;
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const kept = await timeScrapes(program, { ...client, agent });
  agent.destroy();
  const anew = await timeScrapes(program, client);
  return {
    name,
    kept: summarize(`${name}, kept connection`, kept),
    anew: summarize(`${name}, new connection`, anew),
    residentMb: Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${program.pid}/status`, 'utf8'))?.[1]) / 1024,
  };
}

async function timeScrapes({ url }: RunningProgram, client: ClientOptions): Promise<readonly number[]> {
  const timesMs: number[] = [];
  for (let i = 0; i < WARM_UP_SCRAPES + SCRAPES; i += 1) {
    const startMs = performance.now();
    const { status } = await get(`${url}/metrics`, client);
    if (status !== 200) throw new Error(`a scrape was answered with ${status}`);
    if (i >= WARM_UP_SCRAPES) timesMs.push(performance.now() - startMs);
  }
  return timesMs;
}

function usersOf(cost: number): string {
  return `basic_auth_users:\n  known: ${hashSync(PASSWORD, cost)}\n`;
}

/** The flag; the certificates are in the folder of the file. */
function configured(file: string, ...lines: readonly string[]): string {
  writeFileSync(file, lines.join(''));
  return `--web.config.file=${file}`;
}
