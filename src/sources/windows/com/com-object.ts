// An object of COM behind its interface pointer: its methods are called through the table of functions that it points to.

import koffi from 'koffi';
import { PartFailure } from '../../parts.ts';
import type { NativeArgument } from '../native-library.ts';
import { COM_LAYOUTS } from './layouts.ts';

/** A method of an interface: where its address stands in the table, and its C type. */
export interface Method {
  readonly offset: number;
  readonly type: ReturnType<typeof koffi.proto>;
}

/** A method that returns an HRESULT or a count. `parameters` are C types without the object itself, which comes first. */
export function method(offset: number, ...parameters: readonly string[]): Method {
  return { offset, type: koffi.proto('uint32_t', ['uintptr_t', ...parameters]) };
}

/** IUnknown::Release method (unknwn.h). */
const RELEASE = method(COM_LAYOUTS.IUnknownVtbl.fields.Release);

/** Holds one reference to an object, and releases it when it is disposed of. */
export class ComObject implements Disposable {
  readonly address: bigint;

  /** `address` is what `call` has given. Throws a PartFailure `malformed` where it gave none: calling that would end the process. */
  constructor(address: bigint, call: string) {
    if (address === 0n) throw new PartFailure('malformed', `${call} succeeded, but gave no object`);
    this.address = address;
  }

  /** Returns what the method returns. Memory is passed as typed arrays, objects and strings by their addresses. */
  call({ offset, type }: Method, ...args: readonly NativeArgument[]): number {
    const table = koffi.decode(this.address, 'void *') as bigint;
    return koffi.call(koffi.decode(table, offset, 'void *'), type, this.address, ...args) as number;
  }

  [Symbol.dispose](): void {
    this.call(RELEASE);
  }
}
