// Who owns a file or folder, and who may do what with it, as text in SDDL ("Security Descriptor String Format").

import koffi from 'koffi';
import { PartFailure } from '../../sources/parts.ts';
import { type Kernel32, loadKernel32 } from '../../sources/windows/bindings.ts';
import { callFailure } from '../../sources/windows/call-failure.ts';
import { ERROR_ACCESS_DENIED, NO_ERROR } from '../../sources/windows/codes.ts';
import { wideString } from '../../sources/windows/utf16.ts';
import type { ServiceLibraries } from '../libraries.ts';
import { type LocalFree, loadLocalFree, loadSecurityFunctions, type SecurityFunctions } from './bindings.ts';
import * as codes from './codes.ts';

const OWNER_AND_ACCESS = codes.OWNER_SECURITY_INFORMATION | codes.DACL_SECURITY_INFORMATION;

/** Whether what the folder above passes on holds too. */
export type Inheritance = 'inherits' | 'inherits nothing';

const INHERITANCE: Readonly<Record<Inheritance, number>> = {
  inherits: codes.UNPROTECTED_DACL_SECURITY_INFORMATION,
  'inherits nothing': codes.PROTECTED_DACL_SECURITY_INFORMATION,
};

/** Paths are full ones. Both methods block, and throw a PartFailure that names the call. */
export class FileSecurity {
  readonly #functions: SecurityFunctions;
  readonly #kernel32: Kernel32;
  readonly #localFree: LocalFree;

  constructor({ advapi32, kernel32 }: ServiceLibraries) {
    this.#functions = loadSecurityFunctions(advapi32);
    this.#kernel32 = loadKernel32(kernel32);
    this.#localFree = loadLocalFree(kernel32);
  }

  /** `O:BAD:PAI(A;OICI;FA;;;SY)`: owner and access list in Windows' own spelling. */
  read(path: string): string {
    const [owner, list, allocated] = [address(), address(), address()];
    const { SE_FILE_OBJECT } = codes;
    const name = wideString(path);
    const { readSecurity } = this.#functions;
    const code = readSecurity(name, SE_FILE_OBJECT, OWNER_AND_ACCESS, owner, null, list, null, allocated);
    if (code !== NO_ERROR) throw this.#failure(`GetNamedSecurityInfoW(${path})`, code);
    using descriptor = this.#freed(allocated);
    return this.#format(path, descriptor.address);
  }

  /** Gives the file that owner and access list, and what is below it whatever of that is inherited. */
  set(path: string, text: string, inheritance: Inheritance): void {
    using descriptor = this.#parse(text);
    const [owner, list] = [address(), address()];
    const { ownerOf, accessListOf, setSecurity } = this.#functions;
    const hasOwner = ownerOf(descriptor.address, owner, dword());
    if (hasOwner === 0) throw this.#lastFailure(`GetSecurityDescriptorOwner(${text})`);
    const hasList = accessListOf(descriptor.address, dword(), list, dword());
    if (hasList === 0) throw this.#lastFailure(`GetSecurityDescriptorDacl(${text})`);
    const parts = OWNER_AND_ACCESS + INHERITANCE[inheritance];
    const [name, [ownerAddress = 0n], [listAddress = 0n]] = [wideString(path), owner, list];
    // Without a list everybody would be let in.
    if (ownerAddress === 0n || listAddress === 0n)
      throw new PartFailure('malformed', `${text} has no owner or no list`);
    const code = setSecurity(name, codes.SE_FILE_OBJECT, parts, ownerAddress, null, listAddress, null);
    if (code !== NO_ERROR) throw this.#failure(`SetNamedSecurityInfoW(${path})`, code);
  }

  #parse(text: string): Freed {
    const allocated = address();
    const succeeded = this.#functions.parseDescriptor(wideString(text), codes.SDDL_REVISION_1, allocated, null);
    if (succeeded === 0) throw this.#lastFailure(`ConvertStringSecurityDescriptorToSecurityDescriptorW(${text})`);
    return this.#freed(allocated);
  }

  #format(path: string, descriptor: bigint): string {
    const [allocated, units] = [address(), dword()];
    const { formatDescriptor } = this.#functions;
    if (formatDescriptor(descriptor, codes.SDDL_REVISION_1, OWNER_AND_ACCESS, allocated, units) === 0) {
      throw this.#lastFailure(`ConvertSecurityDescriptorToStringSecurityDescriptorW(${path})`);
    }
    using text = this.#freed(allocated);
    return koffi.decode.string16(text.address, units[0] ?? 0).replace(/\0.*$/s, '');
  }

  #freed([allocated = 0n]: BigUint64Array): Freed {
    return { address: allocated, [Symbol.dispose]: () => void this.#localFree(allocated) };
  }

  #failure(call: string, code: number): PartFailure {
    const note = code === ERROR_ACCESS_DENIED ? 'run this as an administrator' : undefined;
    return callFailure(this.#kernel32, call, code, note);
  }

  #lastFailure(call: string): PartFailure {
    return this.#failure(call, this.#kernel32.getLastError());
  }
}

/** Memory that Windows has allocated, until it is disposed of. */
interface Freed extends Disposable {
  readonly address: bigint;
}

function address(): BigUint64Array {
  return new BigUint64Array(1);
}

function dword(): Uint32Array {
  return new Uint32Array(1);
}
