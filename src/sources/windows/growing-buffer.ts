// The buffer that tables are read into: kept from one read to the next, grown while a table outgrows it, and let go when none needs it any more.

/** Holds a table of 1,300 IPv4 connections, or the processes of a small host, at the first try. */
export const INITIAL_BYTES = 32 * 1024;
/** 1.2 million IPv6 connections. A table that needs more is an error. */
export const MAX_BYTES = 64 * 1024 * 1024;
/** Calls after the first one, whichever code asked for them. */
export const MAX_RETRIES = 8;
const GROWTH_FACTOR = 2;
/** What a table needs now, and room for what it may gain before the next call. */
const SLACK_FACTOR = 1.25;
/** A buffer with more room than this many times what was used of it is let go. */
const MAX_ROOM = 4;
/** NO_ERROR and STATUS_SUCCESS. After anything else the size says nothing of what was written. */
const SUCCESS = 0;

/** Asks Windows to fill `words`. `size` is one word: in, the bytes that `words` has; out, the bytes needed or returned. Returns the code. */
export type FillCall = (words: Uint32Array, size: Uint32Array) => number;

export interface FillAnswer {
  /** The code of the last call. */
  readonly code: number;
  /** What was filled; valid until the next fill. */
  readonly words: Uint32Array<ArrayBuffer>;
  /** How much of `words` was returned, in bytes: what Windows says, but never more than was offered. */
  readonly byteLength: number;
  /** Why no further try was made, when `code` is one of those to retry. */
  readonly gaveUp?: string;
}

export class GrowingBuffer {
  #words = createWords(INITIAL_BYTES);
  readonly #size = new Uint32Array(1);
  /** The longest answer since letGo. */
  #usedBytes = 0;

  /**
   * Makes the call, and makes it again, at most MAX_RETRIES times, while it returns `tooSmall` (with a larger buffer)
   * or `busy` (with the same one). There is no first call with a null buffer: that costs a call and promises nothing,
   * since a table may grow before the second.
   */
  fill(call: FillCall, tooSmall: number, busy?: number): FillAnswer {
    let answer = this.#call(call);
    for (let retries = 0; answer.code === tooSmall || answer.code === busy; retries += 1) {
      if (retries === MAX_RETRIES) {
        return {
          ...answer,
          gaveUp: `given up after ${MAX_RETRIES} retries, with a buffer of ${answer.words.byteLength} bytes`,
        };
      }
      if (answer.code === tooSmall && !this.#grow(answer.neededBytes)) {
        return { ...answer, gaveUp: `${answer.neededBytes} bytes are needed, the limit is ${MAX_BYTES}` };
      }
      answer = this.#call(call);
    }
    return answer;
  }

  /** To be called when all has been read: what a table needed that has shrunk since goes back. */
  letGo(): void {
    const roomBytes = Math.max(this.#usedBytes * SLACK_FACTOR, INITIAL_BYTES);
    if (this.#words.byteLength > MAX_ROOM * roomBytes) this.#words = createWords(roomBytes);
    this.#usedBytes = 0;
  }

  #call(call: FillCall): FillAnswer & { readonly neededBytes: number } {
    const words = this.#words;
    this.#size[0] = words.byteLength;
    const code = call(words, this.#size);
    const neededBytes = this.#size[0];
    const byteLength = Math.min(neededBytes, words.byteLength);
    if (code === SUCCESS) this.#usedBytes = Math.max(this.#usedBytes, byteLength);
    return { code, words, neededBytes, byteLength };
  }

  /** Geometrically, also when Windows asks for less than there is: a table that keeps growing is caught up with. */
  #grow(neededBytes: number): boolean {
    if (neededBytes > MAX_BYTES) return false;
    const wantedBytes = Math.max(this.#words.byteLength * GROWTH_FACTOR, neededBytes * SLACK_FACTOR);
    const roomBytes = Math.min(wantedBytes, MAX_BYTES);
    if (roomBytes > this.#words.byteLength) this.#words = createWords(roomBytes);
    return true;
  }
}

function createWords(bytes: number): Uint32Array<ArrayBuffer> {
  return new Uint32Array(Math.ceil(bytes / Uint32Array.BYTES_PER_ELEMENT));
}
