// Sees when the web configuration has changed: the file, or one that it names.

import { ConfigError, reasonOf } from '../error.ts';
import { type ReadFile, readRegularFile } from '../file.ts';
import { areSame, areUnchanged, type FilePrints, recordFiles } from './file-prints.ts';
import { loadWebConfig } from './load.ts';
import type { WebConfig } from './web-config.ts';

const DEFAULT_INTERVAL_MS = 1_000;

export interface WatchOptions {
  readonly path: string;
  /** The one in force. */
  readonly config: WebConfig;
  readonly intervalMs?: number;
  readonly readFile?: ReadFile;
  /** What it throws goes to `onError`. */
  readonly onChange: (config: WebConfig) => void;
  /** Once for what cannot be used, until it changes again. Must not throw. */
  readonly onError: (error: ConfigError) => void;
}

export interface Watch {
  /** Nothing is called any more. */
  close(): void;
}

type Outcome = { readonly config: WebConfig } | { readonly error: unknown };

interface Reading {
  readonly outcome: Outcome;
  readonly prints: FilePrints;
}

/**
 * Reads the files again at each interval, by content: times of files are the same after a quick change, and links that
 * are turned, as Kubernetes does it, change none. A change counts when two readings in a row are the same, so that a
 * file that is being written is not taken for the whole. It does not keep the process alive.
 */
export function watchWebConfig(options: WatchOptions): Watch {
  const { path, config, intervalMs = DEFAULT_INTERVAL_MS, readFile = readRegularFile } = options;
  /** What was last put in force, or refused. */
  let known = config.files;
  /** A change that was seen once. */
  let candidate: FilePrints | undefined;
  let isClosed = false;
  let timer: NodeJS.Timeout;

  const poll = async (): Promise<void> => {
    const reading = (await areUnchanged(known, readFile)) ? undefined : await read(path, readFile);
    const isNew = reading !== undefined && !areSame(reading.prints, known);
    if (isNew && candidate !== undefined && areSame(reading.prints, candidate)) {
      known = reading.prints;
      candidate = undefined;
      if (!isClosed) tell(reading.outcome, options);
    } else {
      candidate = isNew ? reading.prints : undefined;
    }
    schedule();
  };
  const schedule = (): void => {
    if (isClosed) return;
    // What is not expected to fail has not failed here, and must not end the process: the next poll tries again.
    timer = setTimeout(() => void poll().catch(schedule), intervalMs).unref();
  };
  schedule();
  return {
    close() {
      isClosed = true;
      clearTimeout(timer);
    },
  };
}

async function read(path: string, readFile: ReadFile): Promise<Reading> {
  const recording = recordFiles(readFile);
  const outcome = await loadWebConfig(path, recording.readFile).then(
    (config): Outcome => ({ config }),
    (error: unknown): Outcome => ({ error }),
  );
  return { outcome, prints: recording.prints };
}

function tell(outcome: Outcome, { path, onChange, onError }: WatchOptions): void {
  try {
    if ('error' in outcome) throw outcome.error;
    onChange(outcome.config);
  } catch (error) {
    onError(error instanceof ConfigError ? error : new ConfigError(`${path}: ${reasonOf(error)}`));
  }
}
