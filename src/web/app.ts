// The express application: which path is answered by what, and what all answers have in common.

import express, { type ErrorRequestHandler, type Express, type RequestHandler, type Response } from 'express';
import type { Collector } from '../collector/collector.ts';
import { GROUPS, type Group } from '../metrics/catalogue.ts';
import type { Build, ExporterMetrics, Handler } from '../metrics/exporter-metrics.ts';
import type { PushReport } from '../outputs/otlp/status.ts';
import { authentication } from './authentication.ts';
import { LANDING_POLICY, landingPage } from './landing/page.ts';
import { allowHosts } from './live/allowed-hosts.ts';
import { csvHandler, jsonHandler } from './live/api.ts';
import { refuseForNow } from './live/json-answers.ts';
import type { LookingOptions } from './live/looking.ts';
import { type LiveViewFiles, livePage, livePolicy } from './live/page.ts';
import { metricsHandler } from './metrics-handler.ts';
import { type Answering, parallelLimit } from './parallel-limit.ts';
import type { PasswordChecks } from './passwords/password-checks.ts';
import { rateLimit } from './rate-limit.ts';
import { refuseBody, refuseExpectation, refuseMalformedUrl, refuseMethod, refuseMissingHost } from './refusals.ts';
import { RequestCounter } from './request-counter.ts';
import { sendLine } from './responses.ts';
import type { WebSecurity } from './security.ts';
import { securityHeaders } from './security-headers.ts';

/** What the server has to say to the operator; pino's loggers fit. */
export interface WebLogger {
  error(fields: Readonly<Record<string, unknown>>, message: string): void;
  debug(fields: Readonly<Record<string, unknown>>, message: string): void;
}

export interface AppOptions {
  /** Where the metrics are; no path of another page, and nothing in it that a router takes for a pattern. */
  readonly telemetryPath: string;
  /** Scrapes that are answered at a time; 0 is no limit. */
  readonly maxRequests: number;
  readonly disableExporterMetrics: boolean;
  /** The groups that are not collected. */
  readonly disabledGroups: readonly Group[];
  readonly collector: Collector;
  readonly exporterMetrics: ExporterMetrics;
  /** How the push goes; undefined where nothing is pushed. */
  pushStatus(): PushReport | undefined;
  /** Undefined: there is no live view. */
  readonly liveView: LiveViewOptions | undefined;
  readonly build: Build;
  readonly logger: WebLogger;
}

export interface LiveViewOptions {
  readonly files: LiveViewFiles;
  /** Between collections, in milliseconds. */
  readonly intervalMs: number;
  /** Names under which browsers may ask for it, in lower case, beside loopback and the address that they reached. */
  readonly hosts: readonly string[];
  look: LookingOptions['look'];
}

/** Questions of one kind that are answered at a time. */
const MAX_LOOKS = 16;
/** Their clients may be slow, and are waited for. */
const MAX_FILES = 4;

/** What is in force, which may change at any time. */
export interface InForce {
  security(): WebSecurity;
  readonly passwords: PasswordChecks;
}

export function createApp(options: AppOptions, { security, passwords }: InForce): Express {
  const { telemetryPath, collector, exporterMetrics, build, logger } = options;
  const app = express();
  const counter = new RequestCounter(exporterMetrics);
  const setHeaders: RequestHandler = (_request, response, next) => {
    response.set(securityHeaders(security().headers));
    next();
  };
  app.disable('x-powered-by').disable('etag').enable('strict routing').enable('case sensitive routing');
  app.use(counter.count(), setHeaders, refuseBody, refuseExpectation);
  app.use(rateLimit(() => security().rateLimit));
  app.use(authentication(passwords, () => security().users));
  app.use(refuseMissingHost, refuseMalformedUrl);

  const page = (path: string, handler: Handler, ...answer: RequestHandler[]): void => {
    app
      .route(path)
      .all(counter.answeredBy(handler))
      .get(...answer)
      .all(refuseMethod);
  };
  const registry = exporterMetrics.registry;
  const metrics = metricsHandler({ collector, registry, groups: allowedGroups(options) });
  const tooManyScrapes = `${options.maxRequests} scrapes are running already, which is --web.max-requests; try again later`;
  const refuseScrape = (response: Response): void => sendLine(response, 503, tooManyScrapes);
  page(telemetryPath, 'metrics', parallelLimit(options.maxRequests, refuseScrape, metrics));
  page('/', 'landing', (_request, response) => {
    response.set(securityHeaders(security().headers, { 'Content-Security-Policy': LANDING_POLICY }));
    const [latest, push, hasLiveView] = [collector.latest(), options.pushStatus(), options.liveView !== undefined];
    response
      .type('text/html')
      .send(landingPage({ build, telemetryPath, hasLiveView, latest, push, nowMs: Date.now() }));
  });
  if (options.liveView !== undefined) addLiveView(options.liveView);
  page('/-/healthy', 'healthy', (_request, response) => sendLine(response, 200, 'netstat-exporter is healthy'));
  page('/-/ready', 'ready', (_request, response) => {
    const ready = collector.latest().state === 'fresh';
    sendLine(response, ready ? 200 : 503, ready ? 'netstat-exporter is ready' : 'there is no fresh collection to show');
  });
  page('/health', 'health', (_request, response) => void response.json({ status: 'ok' }));
  page('/version', 'version', (_request, response) => void response.json(versionOf(build)));

  function addLiveView({ files, intervalMs, hosts, look }: LiveViewOptions): void {
    const document = livePage(files, intervalMs);
    const policy = livePolicy(files);
    const onlyHosts = allowHosts(hosts);
    page('/live', 'live', onlyHosts, (_request, response) => {
      response.set(securityHeaders(security().headers, { 'Content-Security-Policy': policy }));
      response.type('text/html').send(document);
    });
    const looks = { collector, look };
    const api = (path: string, limit: number, answer: Answering): void => {
      const tooMany = (response: Response): void =>
        refuseForNow(response, `${limit} of these are being answered already; try again later`);
      page(path, 'api', onlyHosts, parallelLimit(limit, tooMany, answer));
    };
    api('/api/v1/endpoints', MAX_LOOKS, jsonHandler('endpoints', looks));
    api('/api/v1/summary', MAX_LOOKS, jsonHandler('summary', looks));
    api('/api/v1/endpoints.csv', MAX_FILES, csvHandler(looks));
  }

  app.use((_request, response) => sendLine(response, 404, 'there is no such page; / lists those that there are'));
  app.use(answerError(logger));
  return app;
}

function allowedGroups({ disabledGroups, disableExporterMetrics }: AppOptions): readonly Group[] {
  return GROUPS.filter((group) => !disabledGroups.includes(group) && !(disableExporterMetrics && group === 'exporter'));
}

function versionOf({ version, revision }: Build): Readonly<Record<string, string>> {
  return { version, revision, node: process.versions.node, platform: `${process.platform}-${process.arch}` };
}

/** The log gets the error, the client only that there was one. Express knows an error handler by its four parameters. */
function answerError(logger: WebLogger): ErrorRequestHandler {
  return (error: unknown, request, response, _next) => {
    logger.error({ err: error, path: request.path }, 'cannot answer a request');
    if (response.headersSent) response.destroy();
    else sendLine(response, 500, 'internal error; the log of the exporter says more');
  };
}
