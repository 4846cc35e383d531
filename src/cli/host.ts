// What the program runs under: a console or systemd, or Windows' service control manager.

import type { LogLevel } from '../config/options.ts';
import { untilToldToEnd } from './signals.ts';
import { createStderr, sayLine } from './stderr.ts';

/** Gets whole lines, with their line feeds. It must not throw. */
export interface LogDestination {
  write(line: string, level: LogLevel): void;
}

export interface Host {
  readonly log: LogDestination;
  /** Resolves with the name of what asks the program to end. `onHangUp` is called for what asks a service to read its files again. */
  toldToEnd(onHangUp: () => void): Promise<string>;
  /** All listeners are open. */
  started(): void;
  /** The last that is called: the process ends with this code when it resolves. `reason` is why it could not start. */
  ended(exitCode: number, reason?: string): Promise<void>;
}

export function consoleHost(): Host {
  return {
    log: createStderr(),
    toldToEnd: untilToldToEnd,
    started() {},
    // To a pipe on Windows it is written later: the end waits for it.
    ended: (_exitCode, reason) => (reason === undefined ? Promise.resolve() : sayLine(`netstat-exporter: ${reason}`)),
  };
}
