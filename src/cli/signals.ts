// The signals that ask the program to end.

/** SIGHUP on Windows is the closing of the console, SIGBREAK is Ctrl-Break. */
const SIGNALS: readonly NodeJS.Signals[] =
  process.platform === 'win32' ? ['SIGINT', 'SIGBREAK', 'SIGHUP'] : ['SIGINT', 'SIGTERM'];

/**
 * Resolves with the first of them; further ones change nothing, the end is under way. On Linux SIGHUP is the end with
 * the terminal that closes; a service gets it from whoever wants files to be read again, and calls `onHangUp`.
 */
export function untilToldToEnd(onHangUp: () => void): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of SIGNALS) process.on(signal, resolve);
    if (process.platform !== 'win32')
      process.on('SIGHUP', (signal) => (process.stderr.isTTY ? resolve(signal) : onHangUp()));
  });
}
