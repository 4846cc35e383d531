// What is wrong with a configuration, beyond its values: files that cannot be read, certificates that do not fit.

import type { Config } from '../config/options.ts';

/** What should be known of it, though it is valid. Rejects with ConfigError or OtlpError. Nothing is started or sent. */
export async function checkConfig(config: Config): Promise<readonly string[]> {
  const [{ checkPush }, { configuredSecurity }] = await Promise.all([import('./push.ts'), import('./web-security.ts')]);
  await checkPush(config);
  return (await configuredSecurity(config))?.config.notes ?? [];
}
