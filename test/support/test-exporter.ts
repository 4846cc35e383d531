// An exporter, and what it tells.
import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import { createExporter, type OtlpExporter, type Outcome } from '../../src/outputs/otlp/exporter.ts';
import type { OtlpSettings } from '../../src/outputs/otlp/settings.ts';
import { gaugeOf } from './otlp-metrics.ts';

/** For what is to be over, however slow the machine: nothing waits for its end that goes well. */
export const LONG_TIMEOUT_MS = 20_000;
/** For what is to reach its deadline, or to fail at once: the SDK repeats a push after 0.8 seconds at the earliest. */
export const SHORT_TIMEOUT_MS = 700;
/** How much later a slow machine may be. */
export const GENEROUS_MS = 5_000;

/** Over HTTP with protobuf, to nowhere, and with all the time it needs. */
export const SETTINGS: OtlpSettings = {
  protocol: 'http/protobuf',
  url: 'http://127.0.0.1:1/v1/metrics',
  headers: {},
  compression: 'none',
  intervalMs: 60_000,
  timeoutMs: LONG_TIMEOUT_MS,
  temporality: 'cumulative',
  tls: { authorities: undefined, certificate: undefined, key: undefined },
  resourceAttributes: {},
};

export interface TestExporter extends AsyncDisposable {
  readonly exporter: OtlpExporter;
  /** All that it told so far, since somebody took it. */
  readonly outcomes: readonly Outcome[];
  takeOutcomes(): readonly Outcome[];
  /** One export: its only outcome, once the SDK has been told the same. */
  push(points?: number): Promise<Outcome>;
  /** What a failed export gave as its reason; fails if it did not fail. */
  failure(): Promise<string>;
}

export async function startExporter(settings: Partial<OtlpSettings>): Promise<TestExporter> {
  const outcomes: Outcome[] = [];
  const events = { onOutcome: (outcome: Outcome) => void outcomes.push(outcome) };
  const exporter = await createExporter({ ...SETTINGS, ...settings }, events, '1.2.3');
  const push = async (points = 1): Promise<Outcome> => {
    const before = outcomes.length;
    const { code, error } = await new Promise<ExportResult>((resolve) => exporter.export(gaugeOf(points), resolve));
    const [outcome, ...more] = outcomes.slice(before);
    if (outcome === undefined || more.length > 0) throw new Error(`${more.length} outcomes more than one`);
    const isFailure = outcome.result === 'failure';
    if (isFailure !== (code === ExportResultCode.FAILED)) throw new Error(`the SDK was told ${code}`);
    if (isFailure && error?.message !== outcome.reason) throw new Error(`the SDK was told ${error?.message}`);
    return outcome;
  };
  return {
    exporter,
    outcomes,
    takeOutcomes: () => outcomes.splice(0),
    push,
    async failure() {
      const outcome = await push();
      if (outcome.result !== 'failure') throw new Error(`it ended with ${outcome.result}`);
      return outcome.reason;
    },
    [Symbol.asyncDispose]: () => exporter.shutdown(),
  };
}
