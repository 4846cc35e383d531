// How the server is closed: read at the start, and put in force anew when the file changes.

import type { Logger } from 'pino';
import { ConfigError } from '../config/error.ts';
import { loadWebConfig } from '../config/web/load.ts';
import { watchWebConfig } from '../config/web/watch.ts';
import type { WebConfig } from '../config/web/web-config.ts';
import type { WebServer } from '../web/server.ts';
import { checkTls, TlsError } from '../web/tls.ts';

/** Rejects with ConfigError. */
export async function loadWebSecurity(path: string): Promise<WebConfig> {
  const config = await loadWebConfig(path);
  tellingTheFile(path, () => checkTls(config.tls));
  return config;
}

/** Until the process ends. `config`: what is in force now. */
export function followWebSecurity(path: string, config: WebConfig, web: WebServer, logger: Logger): void {
  const log = new NoteLog(logger);
  log.write(config);
  watchWebConfig({
    path,
    config,
    onChange(changed) {
      tellingTheFile(path, () => web.apply(changed));
      logger.info({ file: path }, 'the web configuration has changed, and is in force');
      log.write(changed);
    },
    onError: ({ message }) =>
      logger.error({ reason: message }, 'the web configuration cannot be used; the one before stays in force'),
  });
}

/** Says what a configuration is to be told, and nothing again that it has said of the one before. */
class NoteLog {
  readonly #logger: Logger;
  #said: ReadonlySet<string> = new Set();

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  write({ notes }: WebConfig): void {
    // A line more above it makes no other note.
    const withoutLine = (note: string): string => note.replace(/:\d+: /, ': ');
    for (const note of notes) if (!this.#said.has(withoutLine(note))) this.#logger.warn(note);
    this.#said = new Set(notes.map(withoutLine));
  }
}

/** What OpenSSL does not take is an error of the file, too. */
function tellingTheFile(path: string, use: () => void): void {
  try {
    use();
  } catch (error) {
    if (error instanceof TlsError) throw new ConfigError(`${path}: ${error.message}`);
    throw error;
  }
}
