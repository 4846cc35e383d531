// What the service commands say.

import { escapeControls } from '../../config/escape.ts';

export function say(lines: readonly string[]): void {
  for (const line of lines) process.stdout.write(`${escapeControls(line)}\n`);
}

/** What is not as it should be, though the command has done its work. */
export function warn(lines: readonly string[]): void {
  for (const line of lines) process.stderr.write(`warning: ${escapeControls(line)}\n`);
}
