// Reading the fields of a text without making strings of them: a place in its bytes.

export const NEWLINE = 0x0a;
export const SPACE = 0x20;

/** The value of a hexadecimal digit by its byte; 16 where it is none. */
const HEX_VALUES = hexValues();

/** What is not as expected sets `failed`, for good. Only `skipLine` goes past the end of a line. */
export class ByteCursor {
  at = 0;
  failed = false;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** The byte here; a newline where the text has ended. */
  byte(): number {
    return this.#bytes[this.at] ?? NEWLINE;
  }

  skipSpaces(): void {
    while (this.byte() === SPACE) this.at++;
  }

  skipLine(): void {
    const end = this.#bytes.indexOf(NEWLINE, this.at);
    this.at = end === -1 ? this.#bytes.length : end + 1;
  }

  /** A space, and then anything up to the next. */
  skipField(): void {
    this.expect(SPACE);
    while (this.byte() !== SPACE && this.byte() !== NEWLINE) this.at++;
  }

  expect(byte: number): void {
    if (this.byte() === byte) this.at++;
    else this.failed = true;
    if (byte === SPACE) this.skipSpaces();
  }

  expectEndOfField(): void {
    if (this.byte() !== SPACE && this.byte() !== NEWLINE) this.failed = true;
  }

  /** Exactly so many hexadecimal digits. */
  hex(digits: number): number {
    let value = 0;
    for (let digit = 0; digit < digits; digit++) {
      const add = HEX_VALUES[this.byte()] ?? 16;
      if (add > 15) {
        this.failed = true;
        return 0;
      }
      value = value * 16 + add;
      this.at++;
    }
    return value;
  }

  /** One decimal digit or more. */
  decimal(): number {
    const start = this.at;
    let value = 0;
    for (let digit = this.byte() - 0x30; digit >= 0 && digit <= 9; digit = this.byte() - 0x30) {
      value = value * 10 + digit;
      this.at++;
    }
    if (this.at === start) this.failed = true;
    return value;
  }
}

function hexValues(): Uint8Array {
  const values = new Uint8Array(256).fill(16);
  for (let value = 0; value < 16; value++) {
    values[value.toString(16).charCodeAt(0)] = value;
    values[value.toString(16).toUpperCase().charCodeAt(0)] = value;
  }
  return values;
}
