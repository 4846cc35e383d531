// The layer of the environment: the variables of the OpenTelemetry specification.

import type { Layer, OptionTable } from './option.ts';
import type { VariableTable } from './variables.ts';
import { parseWritten } from './written.ts';

/** Variables by name, as in process.env. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The variables behind options. An empty one counts as not set, as the specification wants it. Throws ConfigError. */
export function readEnvironment(table: OptionTable, environment: Environment): Layer {
  const layer = new Map<string, unknown>();
  for (const [name, option] of Object.entries(table)) {
    const variable = option.environment?.find((candidate) => Boolean(environment[candidate.name]));
    if (variable === undefined) continue;
    const written = { text: environment[variable.name] ?? '', where: variable.name };
    layer.set(name, parseWritten(written, variable.parse, option.isSecret));
  }
  return layer;
}

/** The variables that stand for themselves, each with a value. Throws ConfigError. */
export function readVariables(table: VariableTable, environment: Environment): Layer {
  const layer = new Map<string, unknown>();
  for (const [name, variable] of Object.entries(table)) {
    const text = environment[name];
    layer.set(name, text ? parseWritten({ text, where: name }, variable.parse) : variable.default);
  }
  return layer;
}
