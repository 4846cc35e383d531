// When the host started: `btime` of procfs' stat (proc(5)).

import { readFileSync } from 'node:fs';
import { uptime } from 'node:os';
import { join } from 'node:path';

/**
 * In milliseconds of Unix time. Where the file cannot be read, now less the uptime: a little off, and it moves with the
 * clock.
 */
export function readBootTimeMs(procfsRoot: string): number {
  return bootTimeInFileMs(join(procfsRoot, 'stat')) ?? Math.round(Date.now() - uptime() * 1000);
}

function bootTimeInFileMs(path: string): number | undefined {
  try {
    const seconds = /^btime (\d{1,12})$/m.exec(readFileSync(path, 'utf8'))?.[1];
    return seconds === undefined ? undefined : Number(seconds) * 1000;
  } catch {
    return undefined;
  }
}
