// Variables that no option stands for: only the environment says these.

import { OTLP_TIMEOUT } from './otlp-options.ts';
import { oneOfAnyCase, someOfAnyCase } from './values/choice.ts';
import { millisecondsBetween } from './values/duration.ts';

const METRICS_EXPORTERS = ['otlp', 'prometheus', 'console', 'none'] as const;

interface Variable {
  /** Pure; throws ValueError. */
  readonly parse: (text: string) => unknown;
  /** The value while the variable is not set or empty. */
  readonly default: unknown;
}

export type VariableTable = Readonly<Record<string, Variable>>;

const parseTruth = oneOfAnyCase(['true', 'false']);

/** OpenTelemetry specification, environment variables. */
export const VARIABLES = {
  /** Nothing is pushed. */
  OTEL_SDK_DISABLED: { parse: (text: string) => parseTruth(text) === 'true', default: false },
  /** A push happens only with `otlp` among them. /metrics is served whatever it says. */
  OTEL_METRICS_EXPORTER: { parse: someOfAnyCase(METRICS_EXPORTERS), default: Object.freeze(['otlp'] as const) },
  /** Beside `otlp.timeout`: the shorter one holds. 0 is no limit. */
  OTEL_METRIC_EXPORT_TIMEOUT: { parse: millisecondsBetween(OTLP_TIMEOUT), default: undefined },
} as const satisfies VariableTable;

export type VariableName = keyof typeof VARIABLES;

export type VariableValues = {
  readonly [Name in VariableName]: ReturnType<(typeof VARIABLES)[Name]['parse']> | (typeof VARIABLES)[Name]['default'];
};
