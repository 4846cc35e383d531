// What TLS and a password add to a scrape and to the program's memory.
import { readFileSync } from 'node:fs';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { makeCertificates } from '../../support/certificates.ts';
import { type ClientOptions, get } from '../../support/client.ts';
import { type RunningProgram, startProgram } from '../../support/program.ts';
import { TLS_LINES } from '../../support/web-config-files.ts';
import { type Figure, summarize } from '../harness/figures.ts';
import { ratioOf, type Table } from '../harness/part.ts';
import { configured, PASSWORD, SOURCE, usersOf } from './configured.ts';

const SCRAPES = 300;
const WARM_UP_SCRAPES = 100;
/** The memory is looked at after so many. */
const SCRAPES_A_LOOK = 10;
const PASSWORD_COST = 10;
const RIGHT = { auth: `known:${PASSWORD}` };

interface Server {
  readonly name: string;
  readonly program: RunningProgram;
  readonly client: ClientOptions;
  readonly agent: HttpAgent;
  readonly keptMs: number[];
  readonly anewMs: number[];
  readonly residentMb: number[];
}

export async function scrapesTable(): Promise<Table> {
  using certificates = makeCertificates();
  const secure = { ca: certificates.read('authority.pem') };
  const users = usersOf(PASSWORD_COST);
  const flag = (name: string, ...lines: readonly string[]): string => configured(certificates.path(name), ...lines);
  await using plain = await startProgram(SOURCE);
  await using password = await startProgram(SOURCE, flag('password.yml', users));
  await using tls = await startProgram(SOURCE, flag('tls.yml', TLS_LINES));
  await using both = await startProgram(SOURCE, flag('both.yml', TLS_LINES, users));
  return tableOf(
    await scraped([
      server('plain', plain, {}),
      server('password', password, RIGHT),
      server('TLS', tls, secure),
      server('TLS, password', both, { ...secure, ...RIGHT }),
    ]),
  );
}

function server(name: string, program: RunningProgram, client: ClientOptions): Server {
  const Agent = program.url.startsWith('https:') ? HttpsAgent : HttpAgent;
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return { name, program, client, agent, keptMs: [], anewMs: [], residentMb: [] };
}

/** By turns, so that all see the same machine. */
async function scraped(servers: readonly Server[]): Promise<readonly Server[]> {
  for (let i = 0; i < WARM_UP_SCRAPES + SCRAPES; i += 1) {
    for (const { program, client, agent, keptMs, anewMs, residentMb } of servers) {
      const kept = await scrapeMs(program, { ...client, agent });
      const anew = await scrapeMs(program, client);
      if (i < WARM_UP_SCRAPES) continue;
      keptMs.push(kept);
      anewMs.push(anew);
      if (i % SCRAPES_A_LOOK === 0) residentMb.push(residentMegabytes(program.pid));
    }
  }
  for (const { agent } of servers) agent.destroy();
  return servers;
}

async function scrapeMs({ url }: RunningProgram, client: ClientOptions): Promise<number> {
  const startMs = performance.now();
  const { status } = await get(`${url}/metrics`, client);
  if (status !== 200) throw new Error(`a scrape was answered with ${status}`);
  return performance.now() - startMs;
}

function residentMegabytes(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}

function tableOf(servers: readonly Server[]): Table {
  const figures = servers.map(({ name, keptMs, anewMs, residentMb }) => {
    return {
      name,
      kept: summarize(keptMs, 'ms'),
      anew: summarize(anewMs, 'ms'),
      resident: summarize(residentMb, 'MB'),
    };
  });
  const [plain] = figures;
  const ratio = (figure: Figure, which: 'kept' | 'anew' | 'resident') => ratioOf(figure, plain?.[which] ?? figure);
  const rows = figures.map(({ name, kept, anew, resident }) => {
    return [name, kept, ratio(kept, 'kept'), anew, ratio(anew, 'anew'), resident, ratio(resident, 'resident')];
  });
  const toPlain = 'Ratio to plain';
  const columns = ['Server', 'On a kept connection', toPlain, 'On a new one', toPlain, 'Resident memory', toPlain];
  return { title: 'A scrape', columns, rows };
}
