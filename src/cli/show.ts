// Shows what was read: once, or again and again, on a terminal or to whoever reads stdout.

import { setTimeout as sleep } from 'node:timers/promises';
import type { Note } from '../terminal/notes.ts';
import type { ScreenSize } from '../terminal/screen.ts';
import { writeAll } from './output.ts';
import { sayLine } from './stderr.ts';
import { TerminalScreen } from './terminal-screen.ts';

/** The exit code where a part of what was asked for could not be read. */
const EXIT_INCOMPLETE = 1;

type Draw<Reading> = (reading: Reading, size: ScreenSize) => readonly string[];

/** How something that is read from a host is shown. */
export interface View<Reading> {
  /** Blocks. */
  readonly read: () => Reading;
  /** As the only text that is printed. */
  readonly once: (reading: Reading) => Iterable<string>;
  /** As one of the texts that are printed one after another. */
  readonly repeated: (reading: Reading) => Iterable<string>;
  /** As the lines of a screen of that size. Absent: also a terminal gets one text after another. */
  readonly screen?: Draw<Reading>;
  /** What is said on stderr. */
  readonly notes: (reading: Reading) => readonly Note[];
  /** Whether all that it is made from could be read. */
  readonly isComplete: (reading: Reading) => boolean;
}

/**
 * Once, or again and again after `intervalMs`. Resolves at the end, with the exit code set. Where nobody reads any more
 * that is 0, and nothing is said.
 */
export async function show<Reading>(view: View<Reading>, intervalMs: number | undefined): Promise<void> {
  if (intervalMs === undefined) await printOnce(view);
  else if (view.screen === undefined || !process.stdout.isTTY) await printAgainAndAgain(view, intervalMs);
  else conclude(view, await drawUntilEnd(view.read, view.screen, intervalMs));
}

async function printOnce<Reading>(view: View<Reading>): Promise<void> {
  const reading = view.read();
  if (await writeAll(process.stdout, view.once(reading))) conclude(view, reading);
}

/** Until nobody reads any more, or a signal ends the program as it ends any other. */
async function printAgainAndAgain<Reading>(view: View<Reading>, intervalMs: number): Promise<void> {
  const said = new Set<string>();
  for (;;) {
    const dueMs = performance.now() + intervalMs;
    const reading = view.read();
    if (!(await writeAll(process.stdout, view.repeated(reading)))) return;
    say(view.notes(reading), said);
    // A read that takes longer than the interval delays the next one.
    await sleep(Math.max(0, dueMs - performance.now()));
  }
}

/** Until `q`, Ctrl-C, or a signal. Returns what was read last. */
async function drawUntilEnd<Reading>(read: () => Reading, draw: Draw<Reading>, intervalMs: number): Promise<Reading> {
  using screen = new TerminalScreen(process.stdin, process.stdout);
  for (;;) {
    const dueMs = performance.now() + intervalMs;
    const reading = read();
    for (let event = 'resized'; event !== 'due'; ) {
      await screen.draw(draw(reading, screen.size));
      event = await screen.wait(Math.max(0, dueMs - performance.now()));
      if (event === 'end') return reading;
    }
  }
}

/** What is to be said is said last: on a screen it would be overwritten. */
function conclude<Reading>(view: View<Reading>, reading: Reading): void {
  say(view.notes(reading), new Set());
  if (!view.isComplete(reading)) process.exitCode = EXIT_INCOMPLETE;
}

/** Says what was not said before. There are few keys: parts of a snapshot with the codes of their errors. */
function say(notes: readonly Note[], said: Set<string>): void {
  for (const { key, line } of notes) {
    if (!said.has(key)) void sayLine(line);
    said.add(key);
  }
}
