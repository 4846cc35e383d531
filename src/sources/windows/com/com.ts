// COM as one thread uses it, from CoInitializeEx to CoUninitialize: objects, their security, strings and values.

import koffi from 'koffi';
import { PartFailure } from '../../parts.ts';
import { wideString } from '../utf16.ts';
import {
  CLSCTX_INPROC_SERVER,
  COINIT_MULTITHREADED,
  E_NOINTERFACE,
  EOAC_NONE,
  FIRST_FAILURE,
  RPC_C_AUTHN_LEVEL_CALL,
  RPC_C_AUTHN_WINNT,
  RPC_C_AUTHZ_NONE,
  RPC_C_IMP_LEVEL_IMPERSONATE,
} from './codes.ts';
import { type ComFunctions, type ComLibraries, loadCom } from './com-library.ts';
import { ComObject } from './com-object.ts';
import { encodeGuid } from './guid.ts';
import { COM_LAYOUTS } from './layouts.ts';
import { decodeVariant, type VariantValue } from './variant.ts';

/** No text that is asked for is longer. A string that is longer is an error. */
export const MAX_STRING_UNITS = 32_767;

/** What to throw when `call` returned a failing HRESULT: what its code means depends on whose objects are called. */
export type HresultFailure = (call: string, result: number) => PartFailure;

/** COM, initialized for this thread until it is disposed of. Every method throws a PartFailure. */
export class Com implements Disposable {
  readonly #functions: ComFunctions;
  readonly #failure: HresultFailure;

  constructor(libraries: ComLibraries, failure: HresultFailure) {
    this.#functions = loadCom(libraries);
    this.#failure = failure;
    // Without a message loop, only a thread of the multithreaded apartment can be called back.
    this.succeeded('CoInitializeEx(COINIT_MULTITHREADED)', this.#functions.coInitializeEx(null, COINIT_MULTITHREADED));
  }

  /** An object of a class that lives in a DLL. `name` is what to call it in an error. */
  createObject(name: string, classId: string, interfaceId: string): ComObject {
    const address = new BigUint64Array(1);
    const [classBytes, interfaceBytes] = [encodeGuid(classId), encodeGuid(interfaceId)];
    const call = `CoCreateInstance(${name})`;
    this.succeeded(
      call,
      this.#functions.coCreateInstance(classBytes, null, CLSCTX_INPROC_SERVER, interfaceBytes, address),
    );
    return new ComObject(address[0] ?? 0n, call);
  }

  /**
   * Lets the server of a proxy act as the user of this process ("Setting the Security Levels on a WMI Connection", Windows
   * documentation). WMI needs it on each proxy, also on the own host: a process that has not called CoInitializeSecurity
   * identifies its user and no more, and to call that would settle the security of the whole process, once and for all.
   */
  impersonateOn(proxy: ComObject, name: string): void {
    const result = this.#functions.coSetProxyBlanket(
      proxy.address,
      RPC_C_AUTHN_WINNT,
      RPC_C_AUTHZ_NONE,
      null,
      RPC_C_AUTHN_LEVEL_CALL,
      RPC_C_IMP_LEVEL_IMPERSONATE,
      null,
      EOAC_NONE,
    );
    // What is no proxy is called directly, as this user.
    if (result !== E_NOINTERFACE) this.succeeded(`CoSetProxyBlanket(${name})`, result);
  }

  /** A BSTR, freed when it is disposed of. */
  string(text: string): Disposable & { readonly address: bigint } {
    const address = BigInt(this.#functions.sysAllocString(wideString(text)));
    if (address === 0n) throw new PartFailure('0x8007000E', `SysAllocString(${text}) failed: there is no memory`);
    return { address, [Symbol.dispose]: () => void this.#functions.sysFreeString(address) };
  }

  /** What `fill` puts into a VARIANT, which is cleared then. `property` is what to call it in an error. */
  value(property: string, fill: (variant: Uint8Array) => void): VariantValue {
    const variant = new Uint8Array(COM_LAYOUTS.VARIANT.size);
    try {
      fill(variant);
      return decodeVariant(variant, property, (address) => this.#readString(address, property));
    } finally {
      this.#functions.variantClear(variant);
    }
  }

  /** The BSTR whose address `fill` puts into the word that it is given; it is freed then. `property` is what to call it in an error. */
  text(property: string, fill: (address: BigUint64Array) => void): string {
    const word = new BigUint64Array(1);
    fill(word);
    const address = word[0] ?? 0n;
    try {
      return this.#readString(address, property);
    } finally {
      this.#functions.sysFreeString(address);
    }
  }

  /** Throws the failure of `call`, if its HRESULT is one; there are several ways to succeed. */
  succeeded(call: string, result: number): void {
    if (result >= FIRST_FAILURE) throw this.#failure(call, result);
  }

  [Symbol.dispose](): void {
    this.#functions.coUninitialize();
  }

  #readString(address: bigint, property: string): string {
    const units = this.#functions.sysStringLen(address);
    if (units > MAX_STRING_UNITS) {
      throw new PartFailure('malformed', `${property} is a string of ${units} units; the limit is ${MAX_STRING_UNITS}`);
    }
    return units === 0 ? '' : koffi.decode.string16(address, units);
  }
}
