// What `--watch --json` prints, document by document.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import { PROGRAM } from './program.ts';

/** Starts the program, which ends with the test. Each call waits for the next document. */
export function watchDocuments<Document>(command: string, ...args: readonly string[]): () => Promise<Document> {
  const child = spawn(process.execPath, [PROGRAM, command, '--watch=1', '--json', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  return async () => {
    const { value, done } = await lines.next();
    if (done === true) throw new Error(`${command} has ended by itself`);
    return JSON.parse(value) as Document;
  };
}
