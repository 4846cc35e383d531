// The express application: which path is answered by what, and what all answers have in common.

import express, { type ErrorRequestHandler, type Express, type RequestHandler, type Response } from 'express';
import type { Collector } from '../collector/collector.ts';
import { GROUPS, type Group } from '../metrics/catalogue.ts';
import type { Build, ExporterMetrics, Handler } from '../metrics/exporter-metrics.ts';
import type { PushReport } from '../outputs/otlp/status.ts';
import { authentication } from './authentication.ts';
import { LANDING_POLICY, landingPage } from './landing/page.ts';
import { type LiveViewOptions, liveViewPages } from './live/pages.ts';
import { metricsHandler } from './metrics-handler.ts';
import { parallelLimit } from './parallel-limit.ts';
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
  const liveView = options.liveView && liveViewPages(options.liveView, collector, () => security().headers);
  for (const { path, handler, answer } of liveView ?? []) page(path, handler, ...answer);
  page('/-/healthy', 'healthy', (_request, response) => sendLine(response, 200, 'netstat-exporter is healthy'));
  page('/-/ready', 'ready', (_request, response) => {
    const ready = collector.latest().state === 'fresh';
    sendLine(response, ready ? 200 : 503, ready ? 'netstat-exporter is ready' : 'there is no fresh collection to show');
  });
  page('/health', 'health', (_request, response) => void response.json({ status: 'ok' }));
  page('/version', 'version', (_request, response) => void response.json(versionOf(build)));

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
