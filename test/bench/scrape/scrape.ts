// The parts `scrape` and `fresh-scrape`: how many scrapes are answered, and how fast, beside the usual way and node_exporter.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Cell, Part, PartResult, Target } from '../harness/part.ts';
import { peersObstacle, peerVersions } from '../program/programs.ts';
import { COLUMNS, compare, OURS, SERIES, USUAL } from './compare.ts';
import { loadObstacle, wrkVersion } from './load.ts';
import { type Server, startServers } from './servers.ts';

const CLIENTS = [1, 64];
const ONE_CLIENT = 1;
const EACH_TIME = '--collector.interval=0';

const obstacle = () => loadObstacle() ?? peersObstacle();

export const scrape: Part = {
  name: 'scrape',
  title: 'Scrapes',
  about: `Requests with \`Accept-Encoding: gzip\` over connections that are kept, as fast as they are answered, by wrk for a second at a time, or six where 64 clients ask for 10,000 series, all servers by turns. Server and wrk have a processor each (taskset). Each serves the same series: this program
those of a recording, at its default interval, with its own metrics made anew each tenth of a second; prom-client has them set once as gauges, and express serves its registry behind compression, as in its documentation; node_exporter reads them from a file in its textfile collector, and once serves what it collects by default.
Limits of parallel requests are lifted. CPU is the server's for one request, all its threads together.`,
  obstacle,
  run: runCached,
};

export const freshScrape: Part = {
  name: 'fresh-scrape',
  title: 'Scrapes without a cache',
  about: `As [above](#scrapes), with one client; but this program collects at each request (\`${EACH_TIME}\`): it reads the recording, aggregates it, writes the text and compresses it, each time. It is the most that a scrape can cost; prom-client still has its gauges set once.`,
  obstacle,
  run: runFresh,
};

async function runCached(): Promise<PartResult> {
  const rows: (readonly Cell[])[] = [];
  const targets: Target[] = [];
  for (const series of SERIES) {
    await using servers = await startServers(series);
    for (const clients of CLIENTS) {
      const compared = await compare(servers.all, clients, series);
      rows.push(...compared.rows);
      if (series === SERIES.at(-1)) targets.push(...targetsOf(servers.all, compared.rates, clients));
    }
  }
  return { tables: [{ title: '', columns: COLUMNS, rows }], targets, versions: versions() };
}

async function runFresh(): Promise<PartResult> {
  const rows: (readonly Cell[])[] = [];
  for (const series of SERIES) {
    await using servers = await startServers(series, [EACH_TIME]);
    rows.push(...(await compare(servers.all, ONE_CLIENT, series)).rows);
  }
  return { tables: [{ title: '', columns: COLUMNS, rows }], versions: versions() };
}

function targetsOf(servers: readonly Server[], rates: readonly number[], clients: number): readonly Target[] {
  const ours = rates[OURS] ?? Number.NaN;
  return rates.flatMap((rate, index) => {
    if (index === OURS) return [];
    const of = `scrapes of 10,000 series a second by ${clients} at a time, of those of ${servers[index]?.name}`;
    const bound = index === USUAL ? 100 : 1;
    return [{ of, sense: 'at least' as const, bound, measured: ours / rate, unit: 'times' as const, why: WHY }];
  });
}

const WHY = 'express, its headers and the refusals around it take most of the time of an answer that is there already';

function versions(): Readonly<Record<string, string>> {
  const require = createRequire(import.meta.url);
  const versionOf = (name: string): string =>
    JSON.parse(readFileSync(require.resolve(`${name}/package.json`), 'utf8')).version;
  const own = Object.fromEntries(['prom-client', 'express', 'compression'].map((name) => [name, versionOf(name)]));
  return { ...peerVersions(), wrk: wrkVersion(), ...own };
}
