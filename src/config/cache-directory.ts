// The folder that systemd makes for a service's files: CacheDirectory= in systemd.exec(5).

import { realpathSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import type { Environment } from './environment.ts';
import { ConfigError, quote, reasonOf } from './error.ts';

/** The first one, if there is any. It may be given as a link, which a service with DynamicUser= has. Throws ConfigError. */
export function cacheDirectory(
  environment: Environment = process.env,
  platform: NodeJS.Platform = process.platform,
): string | undefined {
  const [folder] = environment['CACHE_DIRECTORY']?.split(':') ?? [];
  if (!folder || platform === 'win32') return undefined;
  if (!isAbsolute(folder)) throw problem(folder, 'is not an absolute path');
  try {
    return realpathSync(folder);
  } catch (error) {
    throw problem(folder, `cannot be used (${reasonOf(error)})`);
  }
}

function problem(folder: string, text: string): ConfigError {
  return new ConfigError(
    `CACHE_DIRECTORY: ${quote(folder)} ${text}; allowed: a folder that is there, as CacheDirectory= of systemd makes it`,
  );
}
