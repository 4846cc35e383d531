// Reading a recording line by line.

import { LineChecker } from './checks.ts';

/** Gives the lines one by one, parsed, with a checker that knows where they stand. */
export class LineReader {
  readonly #lines: readonly string[];
  #index = 0;

  constructor(text: string) {
    this.#lines = text.split('\n');
    // The last line ends with a line end, too.
    if (this.#lines.at(-1) === '') this.#lines = this.#lines.slice(0, -1);
  }

  next(): { readonly checker: LineChecker; readonly value: unknown } {
    const line = this.#lines[this.#index];
    this.#index++;
    const checker = new LineChecker(this.#index);
    if (line === undefined) return checker.fail('the recording ends here, before its end line: the file was cut off');
    try {
      return { checker, value: JSON.parse(line) };
    } catch {
      return checker.fail('this is not JSON');
    }
  }

  expectEnd(): void {
    if (this.#index < this.#lines.length) new LineChecker(this.#index + 1).fail('there is more after the end line');
  }

  /** How many lines are left: no count in the file may ask for more. */
  get remaining(): number {
    return this.#lines.length - this.#index;
  }
}
