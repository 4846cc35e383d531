// Counts the requests that were answered, by what answered them.

import type { RequestHandler, Response } from 'express';
import type { ExporterMetrics, Handler } from '../metrics/exporter-metrics.ts';

export class RequestCounter {
  readonly #exporterMetrics: ExporterMetrics;
  readonly #handlers = new WeakMap<Response, Handler>();

  constructor(exporterMetrics: ExporterMetrics) {
    this.#exporterMetrics = exporterMetrics;
  }

  /** Counts each request once its answer is sent. A client that leaves before that got no answer. */
  count(): RequestHandler {
    return (_request, response, next) => {
      response.once('finish', () => {
        this.#exporterMetrics.recordRequest(this.#handlers.get(response) ?? 'other', response.statusCode);
      });
      next();
    };
  }

  /** Notes that `handler` answers the request. */
  answeredBy(handler: Handler): RequestHandler {
    return (_request, response, next) => {
      this.#handlers.set(response, handler);
      next();
    };
  }
}
