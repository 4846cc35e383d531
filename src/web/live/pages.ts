// What the live view answers: its page, and the API that the page asks.

import type { RequestHandler, Response } from 'express';
import type { Collector } from '../../collector/collector.ts';
import type { Handler } from '../../metrics/exporter-metrics.ts';
import { type Answering, parallelLimit } from '../parallel-limit.ts';
import { securityHeaders } from '../security-headers.ts';
import { allowHosts } from './allowed-hosts.ts';
import { csvHandler, jsonHandler } from './api.ts';
import { refuseForNow } from './json-answers.ts';
import type { LookingOptions } from './looking.ts';
import { type LiveViewFiles, livePage, livePolicy } from './page.ts';

export interface LiveViewOptions {
  readonly files: LiveViewFiles;
  /** Between collections, in milliseconds. */
  readonly intervalMs: number;
  /** Names under which browsers may ask for it, in lower case, beside loopback and the address that they reached. */
  readonly hosts: readonly string[];
  look: LookingOptions['look'];
}

export interface LiveViewPage {
  readonly path: string;
  readonly handler: Handler;
  readonly answer: readonly RequestHandler[];
}

/** Questions of one kind that are answered at a time. */
const MAX_LOOKS = 16;
/** Their clients may be slow, and are waited for. */
const MAX_FILES = 4;

/** `configuredHeaders`: those of the operator, as they are at the time. */
export function liveViewPages(
  { files, intervalMs, hosts, look }: LiveViewOptions,
  collector: Collector,
  configuredHeaders: () => Readonly<Record<string, string>>,
): readonly LiveViewPage[] {
  const onlyHosts = allowHosts(hosts);
  const [document, policy] = [livePage(files, intervalMs), livePolicy(files)];
  const showPage: RequestHandler = (_request, response) => {
    response.set(securityHeaders(configuredHeaders(), { 'Content-Security-Policy': policy }));
    response.type('text/html').send(document);
  };
  const api = (path: string, limit: number, answer: Answering): LiveViewPage => {
    const refuse = (response: Response): void =>
      refuseForNow(response, `${limit} of these are being answered already; try again later`);
    return { path, handler: 'api', answer: [onlyHosts, parallelLimit(limit, refuse, answer)] };
  };
  const looks = { collector, look };
  return [
    { path: '/live', handler: 'live', answer: [onlyHosts, showPage] },
    api('/api/v1/endpoints', MAX_LOOKS, jsonHandler('endpoints', looks)),
    api('/api/v1/summary', MAX_LOOKS, jsonHandler('summary', looks)),
    api('/api/v1/endpoints.csv', MAX_FILES, csvHandler(looks)),
  ];
}
