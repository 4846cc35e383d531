// Web configurations for tests: in a folder beside certificates, or in memory.
import { writeFileSync } from 'node:fs';
import { ConfigError } from '../../../src/config/error.ts';
import type { ReadFile } from '../../../src/config/file.ts';
import { loadWebConfig } from '../../../src/config/web/load.ts';
import type { WebConfig } from '../../../src/config/web/web-config.ts';
import type { Certificates } from '../../support/certificates.ts';

/** The text stands in `web.yml`, beside the certificates. */
export function fromFolder(certificates: Certificates, text: string): Promise<WebConfig> {
  writeFileSync(certificates.path('web.yml'), text);
  return loadWebConfig(certificates.path('web.yml'));
}

/** Files in memory, by path; `web.yml` is the one that is loaded. */
export function fromMemory(files: Readonly<Record<string, string | Uint8Array>>): Promise<WebConfig> {
  return loadWebConfig('web.yml', memoryFiles(files));
}

export function memoryFiles(files: Readonly<Record<string, string | Uint8Array>>): ReadFile {
  return async (path, maximumBytes) => {
    const content = Object.hasOwn(files, path) ? files[path] : undefined;
    if (content === undefined) throw new Error('ENOENT');
    return Buffer.from(content).subarray(0, maximumBytes);
  };
}

/** The message of the ConfigError that loading ends with; anything else that happens is thrown. */
export async function complaint(loading: Promise<WebConfig>): Promise<string> {
  try {
    await loading;
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('the web configuration was accepted');
}
