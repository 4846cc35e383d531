// What collections do, told in metrics and in the log: each change once, not each time.

import type { Logger } from 'pino';
import type { ExporterMetrics } from '../metrics/exporter-metrics.ts';
import type { Samples } from '../metrics/samples.ts';
import { PARTS, type Part } from '../model/snapshot.ts';
import type { CollectorEvents } from './timed-collector.ts';

export interface CollectionReports extends CollectorEvents {
  /** A worker takes the place of one that ended for this reason. */
  restarted(reason: Error): void;
}

export function reportCollections(metrics: ExporterMetrics, logger: Logger): CollectionReports {
  const parts = new PartLog(logger);
  /** What was said last of the collection as a whole; undefined while all is well. */
  let trouble: 'failed' | 'overdue' | undefined;
  return {
    collected(samples) {
      metrics.recordCollection(samples);
      if (trouble !== undefined) logger.info('collections return again');
      trouble = undefined;
      parts.report(samples);
    },
    failed(error) {
      if (trouble !== 'failed') logger.error({ err: error }, 'a collection failed');
      trouble = 'failed';
    },
    overdue() {
      logger.warn('a collection has not returned within --collector.timeout; no other is begun until it does');
      trouble = 'overdue';
    },
    skipped: () => metrics.recordSkipped(),
    restarted(reason) {
      metrics.recordRestart();
      logger.warn({ err: reason }, 'the collection worker had ended, and is started again');
    },
  };
}

class PartLog {
  readonly #logger: Logger;
  readonly #said = new Map<Part, string>();

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  report({ parts }: Samples): void {
    for (const part of PARTS) {
      const { error, fallback } = parts[part] ?? {};
      const state = error?.code ?? fallback ?? '';
      const before = this.#said.get(part) ?? '';
      if (state === before) continue;
      this.#said.set(part, state);
      if (error !== undefined) this.#logger.warn({ part, code: error.code }, error.message);
      else if (fallback !== undefined) this.#logger.info({ part }, fallback);
      else this.#logger.info({ part }, 'is read again as it should be');
    }
  }
}
