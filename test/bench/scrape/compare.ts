// One load after another on servers of the same series, as rows of a table.
import { type Figure, MIN_RUNS, summarize, type Unit } from '../harness/figures.ts';
import { type Cell, ratioOf } from '../harness/part.ts';
import { type Load, load } from './load.ts';
import type { Server } from './servers.ts';

export const SERIES = [200, 2_000, 10_000];
export const COLUMNS = ['Series', 'Clients', 'Server', 'Requests', 'Ratio to prom-client', 'p50', 'p99', 'CPU'];
/** Where the servers stand. */
export const [OURS, USUAL] = [0, 1];

export interface Compared {
  readonly rows: readonly (readonly Cell[])[];
  /** Requests a second, in the order of the servers. */
  readonly rates: readonly number[];
}

export async function compare(servers: readonly Server[], clients: number, series: number): Promise<Compared> {
  const runs = await byTurns(servers, clients, series);
  const measured = servers.map((server, index) => ({ server, loads: runs[index] ?? [] }));
  const rates = measured.map(({ loads }) =>
    figureOf(loads, ({ requestsPerSecond }) => requestsPerSecond, 'requests/s'),
  );
  const usual = rates[USUAL];
  if (usual === undefined) throw new Error('prom-client is missing');
  const rows = measured.map(({ server, loads }, index): Cell[] => {
    const rate = rates[index] ?? usual;
    const times = [({ p50Ms }: Load) => p50Ms, ({ p99Ms }: Load) => p99Ms, ({ cpuMs }: Load) => cpuMs];
    return [
      ...[server.series, clients, server.name, rate, ratioOf(rate, usual)],
      ...times.map((of) => figureOf(loads, of, 'ms')),
    ];
  });
  return { rows, rates: rates.map(({ median }) => median) };
}

function figureOf(loads: readonly Load[], of: (load: Load) => number, unit: Unit): Figure {
  return summarize(loads.map(of), unit);
}

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
