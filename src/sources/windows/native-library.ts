// Loading a DLL and its functions so that what cannot be loaded fails when it is called, as one part's failure.

import koffi, { type LibraryHandle } from 'koffi';
import { PartFailure } from '../parts.ts';
import { type BackgroundFunction, callInBackground } from './background-call.ts';

/** The code of what cannot be loaded. */
export const UNAVAILABLE = 'unavailable';

/** Memory is passed as typed arrays: koffi hands their address to the callee and copies nothing. */
export type NativeArgument = number | bigint | Uint8Array | Uint16Array | Uint32Array | BigUint64Array | null;

/** What a function has that could not be loaded: why. Calling it throws the same. */
export interface MaybeMissing {
  readonly missing?: PartFailure;
}

export type NativeFunction = ((...args: readonly NativeArgument[]) => number) & MaybeMissing;

type BoundFunction = ReturnType<LibraryHandle['func']>;

/**
 * One DLL, loaded by file name or path. A library or function that cannot be loaded gives functions that throw a
 * PartFailure `unavailable`: the parts that call them fail, and only they do. Who has another way looks at `missing` first.
 */
export class NativeLibrary {
  readonly #file: string;
  readonly #library: LibraryHandle | PartFailure;

  constructor(file: string) {
    this.#file = file;
    try {
      this.#library = koffi.load(file);
    } catch (error) {
      this.#library = new PartFailure(UNAVAILABLE, `loading ${file} failed: ${firstLine(error)}`);
    }
  }

  /** The function with this C prototype. Integers of 32 bits that the documentation calls DWORD are `uint32_t`: codes would read as negative otherwise. */
  function(prototype: string): NativeFunction {
    const bound = this.#bind(prototype);
    return bound instanceof PartFailure ? missing(bound) : bound;
  }

  /** The same, called on another thread. `getLastError` is that of kernel32. */
  backgroundFunction(prototype: string, getLastError: () => number): BackgroundFunction {
    const bound = this.#bind(prototype);
    if (bound instanceof PartFailure) return async () => missing(bound)();
    return (...args) => callInBackground(bound, args, getLastError);
  }

  #bind(prototype: string): BoundFunction | PartFailure {
    if (this.#library instanceof PartFailure) return this.#library;
    try {
      return this.#library.func(prototype);
    } catch (error) {
      const name = /(\w+)\(/.exec(prototype)?.[1] ?? prototype;
      return new PartFailure(UNAVAILABLE, `finding ${name} in ${this.#file} failed: ${firstLine(error)}`);
    }
  }
}

function missing({ code, message }: PartFailure): (() => never) & MaybeMissing {
  const call = (): never => {
    throw new PartFailure(code, message);
  };
  return Object.assign(call, { missing: new PartFailure(code, message) });
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return (text.split(/[\r\n]/, 1)[0] ?? '').trim();
}
