// What the program logs: each warning must be one that the soak has brought about, and each that it brings about must come.
import { setTimeout as sleep } from 'node:timers/promises';

/** Two readings of a file, or two pushes, on the slowest machine. */
const EXPECTED_WITHIN_MS = 60_000;
const BETWEEN_LOOKS_MS = 50;
/** Of a log that is not as it should be. */
const SHOWN_LINES = 5;

export class LogWatch {
  readonly #read: () => string;
  /** The numbers of the lines that somebody has waited for. */
  readonly #taken = new Set<number>();

  /** `read`: the whole log so far. */
  constructor(read: () => string) {
    this.#read = read;
  }

  /** How many warnings and errors have come that were waited for. */
  get expectedWarnings(): number {
    return this.#lines().filter((line, index) => this.#taken.has(index) && isWarning(line)).length;
  }

  /** Waits for a line that matches, be it there already, that nobody has waited for. Throws where none comes. */
  async expect(pattern: RegExp): Promise<void> {
    const deadlineMs = performance.now() + EXPECTED_WITHIN_MS;
    do {
      const number = this.#lines().findIndex((line, index) => !this.#taken.has(index) && pattern.test(line));
      if (number !== -1) {
        this.#taken.add(number);
        return;
      }
      await sleep(BETWEEN_LOOKS_MS);
    } while (performance.now() < deadlineMs);
    const last = this.#lines().slice(-SHOWN_LINES).join('\n');
    throw new Error(`the log has no line like ${pattern} after ${EXPECTED_WITHIN_MS / 1000} s; it ends with\n${last}`);
  }

  /** Warnings and errors that nobody has waited for. */
  unexpected(): readonly string[] {
    return this.#lines().filter((line, index) => !this.#taken.has(index) && isWarning(line));
  }

  /** Whole ones. */
  #lines(): readonly string[] {
    return this.#read().split('\n').slice(0, -1);
  }
}

/** What is no line of the logger's is one, too. */
function isWarning(line: string): boolean {
  return !/^time=\S+ level=(?:debug|info) /.test(line);
}
