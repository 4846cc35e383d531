// The answer to a scrape.

import type { Request, Response } from 'express';
import type { Registry } from 'prom-client';
import type { Collector } from '../collector/collector.ts';
import type { Group } from '../metrics/catalogue.ts';
import { Exposition, type Pieces } from '../outputs/prometheus/exposition.ts';
import { CONTENT_TYPES } from '../outputs/prometheus/formats.ts';
import { SEND_TIMEOUT_MS } from './http-server.ts';
import { acceptsGzip, chooseFormat } from './negotiation.ts';
import type { Answering } from './parallel-limit.ts';
import { sendLine } from './responses.ts';
import { answerTimeoutMs, GroupError, requestedGroups } from './scrape-request.ts';

export interface MetricsOptions {
  readonly collector: Collector;
  /** The exporter's own metrics. */
  readonly registry: Registry;
  /** The groups that a scrape may have. */
  readonly groups: readonly Group[];
}

/** Answers with the latest result, and with the exporter's own metrics alone where that is too old to be shown. */
export function metricsHandler({ collector, registry, groups: allowed }: MetricsOptions): Answering {
  const exposition = new Exposition(registry);
  return async (request, response) => {
    const groups = groupsOrRefusal(request, response, allowed);
    if (groups === undefined) return;
    // A collection may take longer than a client that takes its answer.
    response.setTimeout(0);
    const answer = await collector.answer(answerTimeoutMs(request.get('X-Prometheus-Scrape-Timeout-Seconds')));
    response.setTimeout(SEND_TIMEOUT_MS);
    if (answer.state === 'pending') {
      sendLine(response, 503, 'no collection has succeeded yet; the log says why where one has failed');
      return;
    }
    const samples = answer.state === 'fresh' ? answer.samples : undefined;
    const format = chooseFormat(request.get('Accept'));
    const gzip = acceptsGzip(request.get('Accept-Encoding'));
    const body = await exposition.body({ samples, format, groups, gzip });
    response.set({ 'Content-Type': CONTENT_TYPES[format], Vary: 'Accept, Accept-Encoding' });
    if (gzip) response.set('Content-Encoding', 'gzip');
    sendPieces(response, body);
  };
}

function groupsOrRefusal(
  request: Request,
  response: Response,
  allowed: readonly Group[],
): ReadonlySet<Group> | undefined {
  try {
    return requestedGroups(new URLSearchParams(/\?.*$/.exec(request.url)?.[0]), allowed);
  } catch (error) {
    if (!(error instanceof GroupError)) throw error;
    sendLine(response, 400, error.message);
    return undefined;
  }
}

/** Sends the pieces as they are: answers share them, and a slow client holds no copy. */
function sendPieces(response: Response, pieces: Pieces): void {
  response.set('Content-Length', String(pieces.reduce((length, piece) => length + piece.length, 0)));
  for (const piece of pieces) response.write(piece);
  response.end();
}
