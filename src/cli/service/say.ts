// What the service commands say.

import { escapeControls } from '../../config/escape.ts';
import { sayLine } from '../stderr.ts';

export function say(lines: readonly string[]): void {
  for (const line of lines) process.stdout.write(`${escapeControls(line)}\n`);
}

/** What is not as it should be, though the command has done its work. */
export function warn(lines: readonly string[]): void {
  for (const line of lines) void sayLine(`warning: ${escapeControls(line)}`);
}
