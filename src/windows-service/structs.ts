// Structs of the Win32 API in memory, with what their pointers point at behind them.

import koffi from 'koffi';
import { PartFailure } from '../sources/parts.ts';
import { decodeUtf16, wideString } from '../sources/windows/utf16.ts';

const BYTES_PER_UNIT = Uint16Array.BYTES_PER_ELEMENT;
const NULL = 0n;

/** What one pointer of a struct points at. */
interface PointedAt {
  /** Where in the struct the pointer stands, in bytes. */
  readonly pointer: number;
  readonly block: Uint8Array;
}

/**
 * A struct of `size` bytes, zero but for the numbers of 32 bits at their offsets, and one block behind it. Both are one
 * piece of memory, so that who holds the struct holds what it points at.
 */
export function encodeStruct(
  size: number,
  numbers: readonly (readonly [offset: number, value: number])[],
  pointedAt?: PointedAt,
): Uint8Array {
  const block = pointedAt?.block ?? new Uint8Array();
  const bytes = fixedMemory(size + block.byteLength);
  const view = new DataView(bytes.buffer);
  for (const [offset, value] of numbers) view.setUint32(offset, value, true);
  bytes.set(block, size);
  if (pointedAt !== undefined) view.setBigUint64(pointedAt.pointer, koffi.address(bytes) + BigInt(size), true);
  return bytes;
}

/** Zeros that stay at one address: V8 moves typed arrays that are small and share its own heap. */
export function fixedMemory(byteLength: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new ArrayBuffer(byteLength));
}

/** Texts as a double-null-terminated list. */
export function wideList(texts: readonly string[]): Uint16Array {
  return wideString(texts.map((text) => `${text}\0`).join(''));
}

/** A struct at the beginning of memory, whose pointers lead into the same memory. Whatever leads out is a PartFailure `malformed`. */
export class StructReader {
  readonly #what: string;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #address: bigint;

  /** `what` is the struct's name; `address` is where `bytes` stood when it was written. */
  constructor(what: string, bytes: Uint8Array, address: bigint = koffi.address(bytes)) {
    this.#what = what;
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#address = address;
  }

  number(offset: number): number {
    return this.#view.getUint32(offset, true);
  }

  /** The text that the pointer leads to; empty for NULL. */
  text(offset: number): string {
    const start = this.#target(offset);
    return start === undefined ? '' : this.#textAt(start);
  }

  /** The texts of a double-null-terminated list; none for NULL. */
  texts(offset: number): string[] {
    const start = this.#target(offset);
    const texts: string[] = [];
    if (start === undefined) return texts;
    for (let next = start; ; ) {
      const text = this.#textAt(next);
      if (text === '') return texts;
      texts.push(text);
      next += (text.length + 1) * BYTES_PER_UNIT;
    }
  }

  /** The bytes that the pointer leads to; undefined for NULL. */
  block(offset: number, byteLength: number): DataView | undefined {
    const start = this.#target(offset);
    if (start === undefined) return undefined;
    if (start + byteLength > this.#bytes.byteLength) throw this.#malformed(`points at ${byteLength} bytes`);
    return new DataView(this.#bytes.buffer, this.#bytes.byteOffset + start, byteLength);
  }

  #target(offset: number): number | undefined {
    const pointer = this.#view.getBigUint64(offset, true);
    if (pointer === NULL) return undefined;
    const start = pointer - this.#address;
    if (start < 0n || start >= BigInt(this.#bytes.byteLength)) throw this.#malformed('points outside');
    return Number(start);
  }

  #textAt(start: number): string {
    for (let end = start; end + BYTES_PER_UNIT <= this.#bytes.byteLength; end += BYTES_PER_UNIT) {
      if (this.#view.getUint16(end, true) === 0) return decodeUtf16(this.#bytes.subarray(start, end));
    }
    throw this.#malformed('has a text without an end');
  }

  #malformed(what: string): PartFailure {
    return new PartFailure('malformed', `the ${this.#what} ${what}; there are ${this.#bytes.byteLength} bytes`);
  }
}
