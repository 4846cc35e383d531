// The signals that ask the program to end.

/** SIGHUP on Windows is the closing of the console, SIGBREAK is Ctrl-Break. On Linux SIGHUP is left alone: it means a reload to many. */
const SIGNALS: readonly NodeJS.Signals[] =
  process.platform === 'win32' ? ['SIGINT', 'SIGBREAK', 'SIGHUP'] : ['SIGINT', 'SIGTERM'];

/** Resolves with the first of them; further ones change nothing, the end is under way. */
export function untilToldToEnd(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of SIGNALS) process.on(signal, resolve);
  });
}
