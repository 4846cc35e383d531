// The part `scrape`: how many scrapes are answered, and how fast, beside the usual way and node_exporter.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { MIN_RUNS, summarize } from '../harness/figures.ts';
import { type Cell, type Part, type PartResult, ratioOf, type Target } from '../harness/part.ts';
import { peersObstacle, peerVersions } from '../program/programs.ts';
import { type Load, load, loadObstacle, wrkVersion } from './load.ts';
import { type Server, startServers } from './servers.ts';

const SERIES = [200, 2_000, 10_000];
const CLIENTS = [1, 64];
const [OURS, USUAL] = [0, 1];

export const scrape: Part = {
  name: 'scrape',
  title: 'Scrapes',
  about: `Requests with \`Accept-Encoding: gzip\` over connections that are kept, as fast as they are answered, by wrk for a second at a time, or six where 64 clients ask for 10,000 series, all servers by turns. Server and wrk have a processor each (taskset). Each serves the same series: this program
those of a recording, at its default interval, with its own metrics made anew each tenth of a second; prom-client has them set once as gauges, and express serves its registry behind compression, as in its documentation; node_exporter reads them from a file in its textfile collector, and once serves what it collects by default.
Limits of parallel requests are lifted. CPU is the server's for one request, all its threads together.`,
  obstacle: () => loadObstacle() ?? peersObstacle(),
  run,
};

async function run(): Promise<PartResult> {
  const rows: Cell[][] = [];
  const targets: Target[] = [];
  for (const series of SERIES) {
    await using servers = await startServers(series);
    for (const clients of CLIENTS) {
      const runs = await byTurns(servers.all, clients, series);
      const rates = runs.map((loads) =>
        summarize(
          loads.map(({ requestsPerSecond }) => requestsPerSecond),
          'requests/s',
        ),
      );
      const usual = rates[USUAL];
      if (usual === undefined) throw new Error('prom-client is missing');
      servers.all.forEach(({ name, series: served }, index) => {
        const [rate, loads] = [rates[index], runs[index]];
        if (rate === undefined || loads === undefined) return;
        const figure = (of: (load: Load) => number) => summarize(loads.map(of), 'ms');
        rows.push([
          served,
          clients,
          name,
          rate,
          ratioOf(rate, usual),
          figure(({ p50Ms }) => p50Ms),
          figure(({ p99Ms }) => p99Ms),
          figure(({ cpuMs }) => cpuMs),
        ]);
      });
      if (series === SERIES.at(-1))
        targets.push(
          ...targetsOf(
            servers.all,
            rates.map(({ median }) => median),
            clients,
          ),
        );
    }
  }
  const columns = ['Series', 'Clients', 'Server', 'Requests', 'Ratio to prom-client', 'p50', 'p99', 'CPU'];
  return {
    tables: [{ title: '', columns, rows }],
    targets,
    versions: { ...peerVersions(), wrk: wrkVersion(), ...ownVersions() },
  };
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

/** For each server its runs. */
async function byTurns(
  servers: readonly Server[],
  clients: number,
  series: number,
): Promise<readonly (readonly Load[])[]> {
  const runs: Load[][] = servers.map(() => []);
  // The first run of each warms it up.
  for (let turn = 0; turn <= MIN_RUNS; turn++) {
    for (const [index, server] of servers.entries()) {
      const one = await load(server, clients, series);
      if (turn > 0) runs[index]?.push(one);
    }
  }
  return runs;
}

function ownVersions(): Readonly<Record<string, string>> {
  const require = createRequire(import.meta.url);
  const versionOf = (name: string): string =>
    JSON.parse(readFileSync(require.resolve(`${name}/package.json`), 'utf8')).version;
  return Object.fromEntries(['prom-client', 'express', 'compression'].map((name) => [name, versionOf(name)]));
}
