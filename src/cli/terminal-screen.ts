// The screen of a terminal that is ours for a while: drawn on, asked for keys and its size, and given back as it was.

import type { ReadStream, WriteStream } from 'node:tty';
import { drawing, ENTER_SCREEN, LEAVE_SCREEN, type ScreenSize } from '../terminal/screen.ts';
import { writeAll } from './output.ts';
import { untilToldToEnd } from './signals.ts';

/** Of a terminal that does not tell. */
const USUAL_SIZE: ScreenSize = { columns: 80, rows: 24 };
/** In raw mode Ctrl-C is a key, which no signal comes of. */
const END_KEYS = ['q', 'Q', '\u0003'];

/** What a wait ended with. */
export type ScreenEvent = 'due' | 'resized' | 'end';

export class TerminalScreen implements Disposable {
  readonly #stdin: ReadStream;
  readonly #stdout: WriteStream;
  #hasEnded = false;
  #isResized = false;
  #wake = (): void => {};

  /** Without a terminal as stdin there are no keys; signals end it all the same. */
  constructor(stdin: ReadStream, stdout: WriteStream) {
    this.#stdin = stdin;
    this.#stdout = stdout;
    void untilToldToEnd(this.#end).then(this.#end);
    stdout.on('resize', this.#resized).on('error', this.#end);
    if (stdin.isTTY) stdin.setRawMode(true).setEncoding('utf8').on('data', this.#keyed).on('error', this.#end);
    stdout.write(ENTER_SCREEN);
  }

  get size(): ScreenSize {
    const { columns, rows } = this.#stdout;
    return columns > 0 && rows > 0 ? { columns, rows } : USUAL_SIZE;
  }

  /** Replaces what is on the screen. There may not be more lines than rows. */
  async draw(lines: readonly string[]): Promise<void> {
    if (!(await writeAll(this.#stdout, [drawing(lines)]))) this.#end();
  }

  /** Waits until something happens, or so many milliseconds have passed. What happened before the call counts. */
  async wait(timeoutMs: number): Promise<ScreenEvent> {
    if (!this.#hasEnded && !this.#isResized) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, timeoutMs);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    if (this.#hasEnded) return 'end';
    const event = this.#isResized ? 'resized' : 'due';
    this.#isResized = false;
    return event;
  }

  /** Leaves the terminal as it was found. */
  [Symbol.dispose](): void {
    this.#stdout.off('resize', this.#resized);
    this.#stdout.write(LEAVE_SCREEN);
    if (this.#stdin.isTTY) this.#stdin.off('data', this.#keyed).setRawMode(false).pause();
  }

  readonly #end = (): void => {
    this.#hasEnded = true;
    this.#wake();
  };

  readonly #resized = (): void => {
    this.#isResized = true;
    this.#wake();
  };

  readonly #keyed = (keys: string): void => {
    if (END_KEYS.some((key) => keys.includes(key))) this.#end();
  };
}
