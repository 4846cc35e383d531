// The end of a soak: nothing comes or goes any more, and what the program shows is compared with what others have counted.
import { setTimeout as sleep } from 'node:timers/promises';
import { keepingAgent } from './agents.ts';
import type { Churn } from './churn.ts';
import type { Clients } from './clients.ts';
import type { OtlpCollector } from './outages.ts';
import { ask, type Target } from './request.ts';
import {
  areSame,
  type Comparison,
  compareCounts,
  contradictionsOf,
  counterOf,
  countsOf,
  isRight,
  readHost,
} from './sums.ts';

/** Connections in TIME_WAIT end meanwhile, and pushes go on: some attempt meets a moment in which nothing does. */
const MAX_ATTEMPTS = 200;
const BETWEEN_ATTEMPTS_MS = 100;

export interface Counted {
  readonly clients: Clients;
  readonly collector: OtlpCollector;
}

/** All clients have stopped, and the churn is frozen; it is ended here. Throws where the host does not keep still. */
export async function compareEnd(target: Target, churn: Churn, counted: Counted): Promise<readonly Comparison[]> {
  using agent = keepingAgent(target);
  const scrape = async (): Promise<string> => (await ask(target, '/metrics', { agent: agent.agent })).body.toString();
  // The first one: those that follow are counted, too.
  const requests = compareRequests(await scrape(), counted.clients);
  const pushes = await comparePushes(scrape, counted.collector);
  const held = await compareHost(scrape);
  await churn[Symbol.asyncDispose]();
  const left = await compareHost(scrape);
  const text = await scrape();
  return [
    ...requests,
    pushes,
    ...named('held by processes', held),
    ...named('after their end', left),
    {
      what: 'series of processes that have ended',
      shown: text.split('process="churn-').length - 1,
      expected: 0,
      tolerance: 0,
    },
    { what: 'sums that contradict each other', shown: contradictionsOf(text).length, expected: 0, tolerance: 0 },
  ];
}

function named(when: string, comparisons: readonly Comparison[]): readonly Comparison[] {
  return comparisons.map((comparison) => ({ ...comparison, what: `sockets ${when}: ${comparison.what}` }));
}

/** Those who leave may have been answered. */
function compareRequests(text: string, { answers, leavers }: Clients): readonly Comparison[] {
  const shown = counterOf(text, 'netstat_exporter_http_requests_total', 'handler', 'code');
  return compareCounts(shown, answers).map((comparison) => ({
    ...comparison,
    what: `requests: ${comparison.what}`,
    tolerance: comparison.what === 'metrics 200' ? leavers : 0,
  }));
}

/** A push may be under way: between two of them the counts are the same. */
async function comparePushes(scrape: () => Promise<string>, collector: OtlpCollector): Promise<Comparison> {
  for (let attempt = 1; ; attempt++) {
    const exports = counterOf(await scrape(), 'netstat_exporter_otlp_exports_total', 'result');
    const [shown, expected] = [exports.get('success') ?? 0, collector.accepted];
    const comparison = { what: 'pushes: success', shown, expected, tolerance: 0 };
    if (isRight(comparison) || attempt === MAX_ATTEMPTS) return comparison;
    await sleep(BETWEEN_ATTEMPTS_MS);
  }
}

/** The host by ss and by a scrape, at one moment. The connection that is scraped over is there all the time. */
async function compareHost(scrape: () => Promise<string>): Promise<readonly Comparison[]> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const before = readHost();
    const text = await scrape();
    if (areSame(before, readHost())) return compareCounts(countsOf(text), before);
    await sleep(BETWEEN_ATTEMPTS_MS);
  }
  throw new Error(`the sockets of the host have not kept still for ${MAX_ATTEMPTS} attempts`);
}
