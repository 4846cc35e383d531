// The layer of the environment: the variables of the OpenTelemetry specification that stand behind an option.

import { type Layer, type OptionTable, parseWritten } from './option.ts';

/** Variables by name, as in process.env. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** An empty variable counts as not set, as the specification wants it. Throws ConfigError. */
export function readEnvironment(table: OptionTable, environment: Environment): Layer {
  const layer = new Map<string, unknown>();
  for (const [name, option] of Object.entries(table)) {
    const variable = option.environment?.find((candidate) => Boolean(environment[candidate.name]));
    if (variable === undefined) continue;
    const written = { text: environment[variable.name] ?? '', where: variable.name };
    layer.set(name, parseWritten(written, variable.parse));
  }
  return layer;
}
