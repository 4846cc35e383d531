// What a wrong password costs, and whether the time of its refusal tells if there is such a user.
import { Agent } from 'node:http';
import { makeCertificates } from '../../support/certificates.ts';
import { get } from '../../support/client.ts';
import { startProgram } from '../../support/program.ts';
import { type Figure, summarize } from '../harness/figures.ts';
import { ratioOf, type Table } from '../harness/part.ts';
import { numberText } from '../harness/text.ts';
import { configured, SOURCE, usersOf } from './configured.ts';
import { rankDeviation } from './rank-test.ts';

const COSTS = [10, 12] as const;
const REFUSALS = 40;
const WARM_UP_REFUSALS = 5;

interface Refusals {
  readonly known: Figure;
  readonly unknown: Figure;
  /** Beyond 1.96 either way the two can be told apart. */
  readonly deviation: number;
}

export async function refusalsTable(): Promise<Table> {
  const rows: Table['rows'][number][] = [];
  for (const cost of COSTS) {
    const { known, unknown, deviation } = await refusals(cost);
    rows.push([String(cost), known, unknown, ratioOf(unknown, known), numberText(deviation)]);
  }
  const columns = ['Cost of the hash', 'A user there is', 'One there is not', 'Ratio', 'Deviation of the ranks'];
  return { title: 'A wrong password, from the request to its 401', columns, rows };
}

/** With ever another wrong password, by turns for a user that there is and one that there is not. */
async function refusals(cost: number): Promise<Refusals> {
  using certificates = makeCertificates();
  await using program = await startProgram(SOURCE, configured(certificates.path('web.yml'), usersOf(cost)));
  const agent = new Agent({ keepAlive: true });
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
    known: summarize(timesMs.known, 'ms'),
    unknown: summarize(timesMs.unknown, 'ms'),
    deviation: rankDeviation(timesMs.unknown, timesMs.known),
  };
}
