// Runs a command as a part of a script, vitest above all: it shares the script's output and its end.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const PROJECT = fileURLToPath(new URL('..', import.meta.url));
export const EXIT_CANNOT_RUN = 1;
/** Not SIGINT: a terminal sends it to the command too. */
const ENDING_SIGNALS = ['SIGTERM', 'SIGHUP'] as const;

/** Runs a command in the project's folder and gives its exit code. A signal that is to end us ends it first, and then us. */
export async function runCommand(command: string, args: readonly string[]): Promise<number> {
  const child = spawn(command, args, { cwd: PROJECT, stdio: ['ignore', 'inherit', 'inherit'] });
  let isEnding = false;
  const passOn = (signal: NodeJS.Signals): void => {
    isEnding = true;
    child.kill(signal);
  };
  for (const signal of ENDING_SIGNALS) process.on(signal, passOn);
  const [code] = (await once(child, 'exit')) as [number | null];
  for (const signal of ENDING_SIGNALS) process.off(signal, passOn);
  if (isEnding) process.exit(EXIT_CANNOT_RUN);
  return code ?? EXIT_CANNOT_RUN;
}

/** The arguments of Node.js for a run of vitest, whose figures go to a file of the project as JSON. */
export function vitestArguments(config: string, figures: string, ...args: readonly string[]): string[] {
  return [
    'node_modules/vitest/vitest.mjs',
    'run',
    `--config=${config}`,
    '--reporter=default',
    '--reporter=json',
    // Relative: under Wine the project is in another place.
    `--outputFile.json=${relative(PROJECT, figures)}`,
    ...args,
  ];
}
