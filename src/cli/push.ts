// The OTLP push of a running exporter, where one is configured.

import { hostname } from 'node:os';
import type { Logger } from 'pino';
import type { Collector } from '../collector/collector.ts';
import type { Config } from '../config/options.ts';
import { formatListenAddress } from '../config/values/listen-address.ts';
import type { ExporterMetrics } from '../metrics/exporter-metrics.ts';
import { type PushReport, PushStatus } from '../outputs/otlp/status.ts';
import { BUILD } from './build.ts';
import { otlpSettings } from './otlp-settings.ts';

export interface PushParts {
  readonly config: Config;
  readonly collector: Collector;
  readonly exporterMetrics: ExporterMetrics;
  readonly logger: Logger;
}

export interface Push {
  /** The machine's id, where it is known, is part of what tells its metrics from another's. */
  start(machineId: string | undefined): void;
  /** How it goes. */
  status(): PushReport;
  /** Pushes once more. Takes at most `timeoutMs`. */
  close(timeoutMs: number): Promise<void>;
}

/** Undefined where nothing is to be pushed; the SDK is loaded only then. Rejects with ConfigError or OtlpError. */
export async function preparePush(parts: PushParts): Promise<Push | undefined> {
  const { config, collector, exporterMetrics, logger } = parts;
  const settings = otlpSettings(config);
  if (settings === undefined) {
    if (config['otlp.endpoint'] !== undefined)
      logger.info('OTEL_SDK_DISABLED or OTEL_METRICS_EXPORTER turns the push off');
    return undefined;
  }
  const [{ createPush }, { loggedUrl, reportPushes }, { resourceAttributes }] = await Promise.all([
    import('../outputs/otlp/push.ts'),
    import('../outputs/otlp/report.ts'),
    import('../outputs/otlp/resource.ts'),
  ]);
  exporterMetrics.expectPushes();
  const report = reportPushes(logger, settings.url);
  const status = new PushStatus(settings.protocol);
  const push = await createPush({
    settings,
    registry: config['web.disable-exporter-metrics'] ? undefined : exporterMetrics.registry,
    version: BUILD.version,
    async samples(timeoutMs) {
      const answer = await collector.answer(timeoutMs);
      return answer.state === 'fresh' ? answer.samples : undefined;
    },
    events: {
      onOutcome(outcome) {
        exporterMetrics.recordPush(outcome.result);
        status.record(outcome);
        report(outcome);
      },
    },
    failed: (error) => logger.error({ err: error }, "the exporter's own metrics cannot be pushed"),
  });
  return {
    start(machineId) {
      push.start(resourceAttributes(resourceFacts(config, machineId, settings.resourceAttributes)));
      logger.info({ url: loggedUrl(settings.url), protocol: settings.protocol }, 'pushing');
    },
    status: () => status.latest(),
    close: (timeoutMs) => push.close(timeoutMs),
  };
}

/** What is wrong with the push as it is configured; nothing is sent. Rejects with ConfigError or OtlpError. */
export async function checkPush(config: Config): Promise<void> {
  const settings = otlpSettings(config);
  if (settings === undefined) return;
  const { createExporter } = await import('../outputs/otlp/exporter.ts');
  const exporter = await createExporter(settings, { onOutcome: () => {} }, BUILD.version);
  await exporter.shutdown();
}

function resourceFacts(config: Config, machineId: string | undefined, own: Readonly<Record<string, string>>) {
  return {
    version: BUILD.version,
    hostName: hostname(),
    machineId,
    platform: process.platform,
    listenAddresses: config['web.listen-address'].map(formatListenAddress),
    own,
  };
}
