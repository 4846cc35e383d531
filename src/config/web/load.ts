// The door to the web configuration: a path in, what it says out, certificates and keys read and checked.

import { type ReadFile, readRegularFile, readYamlText } from '../file.ts';
import { recordFiles } from './file-prints.ts';
import type { WebConfig } from './web-config.ts';

/** Room for inline certificates, and for more users than one server has. */
const MAXIMUM_WEB_CONFIG_BYTES = 262_144;

/**
 * Reads a file in the format of Prometheus' exporter-toolkit (docs/web-configuration.md there), and the files that it
 * names. Rejects with ConfigError alone, one line that shows no hash and no key.
 */
export async function loadWebConfig(path: string, readFile: ReadFile = readRegularFile): Promise<WebConfig> {
  const recording = recordFiles(readFile);
  const text = await readYamlText({
    where: '--web.config.file',
    path,
    maximumBytes: MAXIMUM_WEB_CONFIG_BYTES,
    readFile: recording.readFile,
  });
  // Only now: most installations have no such file, and the parser is large.
  const { readWebConfig } = await import('./read.ts');
  return await readWebConfig({ path, text, readFile: recording.readFile, files: recording.prints });
}
