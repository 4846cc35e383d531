// The door to the configuration: flags, environment, file and defaults in, one frozen Config out.

import { type Environment, readEnvironment, readVariables } from './environment.ts';
import { MAXIMUM_CONFIG_FILE_BYTES, type ReadFile, readFileHead, readYamlText } from './file.ts';
import { type Flags, readFlags } from './flags.ts';
import { type Layer, type OptionTable, readValue } from './option.ts';
import { type Config, OPTIONS } from './options.ts';
import { VARIABLES } from './variables.ts';

export interface ConfigOrigins {
  readonly flags: Flags;
  /** The process' own unless given. Nothing else in the program reads it. */
  readonly environment?: Environment;
  readonly readFile?: ReadFile;
}

/**
 * A flag beats the OTEL_* variable, which beats the file, which beats the default. Every origin is checked, also where
 * another one beats it. Throws ConfigError, and nothing else.
 */
export async function loadConfig(origins: ConfigOrigins): Promise<Config> {
  const { flags, environment = process.env, readFile = readFileHead } = origins;
  const flagLayer = readFlags(OPTIONS, flags);
  const environmentLayer = readEnvironment(OPTIONS, environment);
  const variables = readVariables(VARIABLES, environment);
  const fileLayer = await readFileLayer(flagLayer.get('config.file'), readFile);
  const values = new Map([...readDefaults(OPTIONS), ...fileLayer, ...environmentLayer, ...flagLayer, ...variables]);
  // The tables' parsers made the values, and Config is the type of what they return.
  return Object.freeze(Object.fromEntries(values)) as Config;
}

async function readFileLayer(path: unknown, readFile: ReadFile): Promise<Layer> {
  if (typeof path !== 'string') return new Map();
  const where = '--config.file';
  const text = await readYamlText({ where, path, maximumBytes: MAXIMUM_CONFIG_FILE_BYTES, readFile });
  // Only now: most installations have no file, and the parser is large.
  const { readYaml } = await import('./yaml.ts');
  return readYaml(OPTIONS, path, text);
}

/** A default is a text like any other: what the help shows is what is parsed. */
function readDefaults(table: OptionTable): Layer {
  return new Map(
    Object.entries(table).map(([name, option]) => {
      const texts = [option.default ?? []].flat().map((text) => ({ text, where: `default of ${name}` }));
      return [name, readValue(option, texts)];
    }),
  );
}
