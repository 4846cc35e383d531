// How the server is closed: read at the start, and put in force anew when the file changes.

import { resolve } from 'node:path';
import type { Logger } from 'pino';
import { ConfigError } from '../config/error.ts';
import type { Config } from '../config/options.ts';
import { loadWebConfig } from '../config/web/load.ts';
import { watchWebConfig } from '../config/web/watch.ts';
import type { WebConfig } from '../config/web/web-config.ts';
import { OPEN } from '../web/security.ts';
import type { WebServer } from '../web/server.ts';
import { checkTls, TlsError } from '../web/tls.ts';
import { checkLiveView } from './live-view.ts';
import { lostProtections, protects, summary } from './protections.ts';

export interface LoadedWebConfig {
  /** Whole: whoever reads the log need not know where the program was started. */
  readonly path: string;
  readonly config: WebConfig;
}

async function loadWebSecurity(file: string): Promise<LoadedWebConfig> {
  const path = resolve(file);
  const config = await loadWebConfig(path);
  tellingTheFile(path, () => checkTls(config.tls));
  return { path, config };
}

/** The configured file as it is now; undefined where there is none. Rejects with ConfigError. */
export async function configuredSecurity(config: Config): Promise<LoadedWebConfig | undefined> {
  const file = config['web.config.file'];
  const loaded = file === undefined ? undefined : await loadWebSecurity(file);
  checkLiveView(config, loaded?.config ?? OPEN);
  return loaded;
}

export interface Followed {
  /** What is in force now. */
  readonly loaded: LoadedWebConfig;
  readonly config: Config;
  readonly web: WebServer;
  readonly logger: Logger;
}

/** Says what is in force, and follows the file until the process ends. */
export function followWebSecurity({ loaded, config, web, logger }: Followed): void {
  const { path } = loaded;
  const notes = new NoteLog(logger);
  let inForce = loaded.config;
  logger.info({ file: path, ...summary(inForce) }, 'the web configuration is in force');
  notes.write(inForce);
  watchWebConfig({
    path,
    config: inForce,
    onChange(changed) {
      expectSomething(path, inForce, changed);
      checkLiveView(config, changed);
      tellingTheFile(path, () => web.apply(changed));
      logger.info({ file: path, ...summary(changed) }, 'the web configuration has changed, and is in force');
      for (const lost of lostProtections(inForce, changed)) logger.warn({ file: path }, lost);
      notes.write(changed);
      inForce = changed;
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

/** A file that somebody has emptied is hardly meant to open the server. Throws ConfigError. */
function expectSomething(path: string, before: WebConfig, changed: WebConfig): void {
  const { tls, users, headers, rateLimit } = changed;
  const isEmpty = tls === undefined && users.size === 0 && rateLimit === undefined && Object.keys(headers).length === 0;
  if (isEmpty && protects(before)) {
    throw new ConfigError(
      `${path}: nothing is configured any more; allowed while the program runs: TLS, users, headers or a limit`,
    );
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
