// What the service is to run with, checked as `check-config` does it.

import { relativePaths } from '../../config/absolute-paths.ts';
import { ConfigError } from '../../config/error.ts';
import type { GivenFlags } from '../../config/flags.ts';
import { loadConfig } from '../../config/load.ts';
import type { Config } from '../../config/options.ts';
import { checkConfig } from '../check-config.ts';

export interface CheckedOptions {
  readonly config: Config;
  /** What should be known of it, though it is valid. */
  readonly notes: readonly string[];
}

/** Rejects with a ConfigError for what the service could not start with. */
export async function checkOptions(flags: GivenFlags): Promise<CheckedOptions> {
  // The service has the variables of the host, but not those of whoever installs it.
  const config = await loadConfig({ flags, environment: {} });
  const [relative] = relativePaths(config);
  if (relative !== undefined) {
    throw new ConfigError(
      `${relative}: is a relative path, and Windows starts services in its own folder; allowed: a whole path`,
    );
  }
  return { config, notes: await checkConfig(config) };
}
