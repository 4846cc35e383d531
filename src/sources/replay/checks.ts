// Checks of a recording's values: each returns the value in its type, or says what is wrong with it.
import { quote } from '../quote.ts';

/** A recording that cannot be used. The message names the line and what is allowed there. */
export class RecordingError extends Error {}

/** Checks the fields of one line. */
export class LineChecker {
  readonly #line: number;

  constructor(line: number) {
    this.#line = line;
  }

  fail(what: string): never {
    throw new RecordingError(`line ${this.#line}: ${what}`);
  }

  record(value: unknown): Readonly<Record<string, unknown>> {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) this.#refuse(value, 'an object');
    return value as Record<string, unknown>;
  }

  list(value: unknown, name: string): readonly unknown[] {
    if (!Array.isArray(value)) this.#refuse(value, `a list for ${name}`);
    return value as unknown[];
  }

  oneOf<T extends string>(value: unknown, name: string, allowed: readonly T[]): T {
    const found = allowed.find((item) => item === value);
    return found ?? this.#refuse(value, `one of ${allowed.join(', ')} for ${name}`);
  }

  text(value: unknown, name: string): string {
    return typeof value === 'string' ? value : this.#refuse(value, `text for ${name}`);
  }

  /** Text of at most so many UTF-16 units. */
  shortText(value: unknown, name: string, maxLength: number): string {
    const text = this.text(value, name);
    return text.length <= maxLength ? text : this.#refuse(value, `at most ${maxLength} characters of text for ${name}`);
  }

  flag(value: unknown, name: string): boolean {
    return typeof value === 'boolean' ? value : this.#refuse(value, `true or false for ${name}`);
  }

  /** JSON can have a number that is too large for one: `1e999`. */
  number(value: unknown, name: string): number {
    const isAllowed = typeof value === 'number' && Number.isFinite(value);
    return isAllowed ? value : this.#refuse(value, `a number for ${name}`);
  }

  integer(value: unknown, name: string, max: number): number {
    const isAllowed = typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= max;
    return isAllowed ? value : this.#refuse(value, `a whole number from 0 to ${max} for ${name}`);
  }

  #refuse(value: unknown, wanted: string): never {
    this.fail(`there should be ${wanted}, there is ${quote(value)}`);
  }
}
