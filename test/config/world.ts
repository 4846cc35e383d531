// A configuration loaded from flags and the text of a file, without a disk or an environment.
import { expect } from 'vitest';
import type { Environment } from '../../src/config/environment.ts';
import { ConfigError } from '../../src/config/error.ts';
import type { Flags } from '../../src/config/flags.ts';
import { loadConfig } from '../../src/config/load.ts';
import { type Config, OPTIONS } from '../../src/config/options.ts';
import { VARIABLES } from '../../src/config/variables.ts';

const FILE = 'config.yml';

export function fromFlags(flags: Flags): Promise<Config> {
  return loadConfig({ flags, environment: {} });
}

export function fromEnvironment(environment: Environment): Promise<Config> {
  return loadConfig({ flags: {}, environment });
}

/** The text, or the bytes, stand in `config.yml`. */
export function fromFile(content: string | Uint8Array, flags: Flags = {}): Promise<Config> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return loadConfig({
    flags: { ...flags, 'config.file': FILE },
    environment: {},
    readFile: async (_path, maximumBytes) => bytes.subarray(0, maximumBytes),
  });
}

/** The message of the ConfigError that loading ends with; anything else that happens is thrown. */
export async function complaint(loading: Promise<Config>): Promise<string> {
  try {
    await loading;
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('the configuration was accepted');
}

/** Expects a frozen Config with every option, or a ConfigError of one line. */
export async function expectConfigOrOneLine(loading: Promise<Config>): Promise<void> {
  const outcome = await loading.then(
    (config) => config,
    async () => await complaint(loading),
  );
  if (typeof outcome === 'string') expect(outcome).toMatch(/^[^\p{Cc}\p{Zl}\p{Zp}]+: [^\p{Cc}\p{Zl}\p{Zp}]+$/u);
  else
    expect([Object.isFrozen(outcome), Object.keys(outcome)]).toEqual([
      true,
      [...Object.keys(OPTIONS), ...Object.keys(VARIABLES)],
    ]);
}
