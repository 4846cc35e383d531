// The functions of access lists, with the C prototypes that koffi binds.

import { NativeLibrary } from '../../sources/windows/native-library.ts';

/** An address that a function writes, or a number of 32 bits. */
type Address = BigUint64Array;
type Dword = Uint32Array;

/** Of all of them 0 is a failure, but of the two that return their error code. Security descriptors are addresses. */
export interface SecurityFunctions {
  /** ConvertStringSecurityDescriptorToSecurityDescriptorW function (sddl.h). Allocates what localFree frees. */
  parseDescriptor(text: Uint16Array, revision: number, descriptor: Address, byteLength: null): number;
  /** ConvertSecurityDescriptorToStringSecurityDescriptorW function (sddl.h). Likewise; `units` counts the NUL. */
  formatDescriptor(descriptor: bigint, revision: number, parts: number, text: Address, units: Dword): number;
  /** GetSecurityDescriptorOwner function (securitybaseapi.h). Gives where in the descriptor the owner stands. */
  ownerOf(descriptor: bigint, owner: Address, isDefaulted: Dword): number;
  /** GetSecurityDescriptorDacl function (securitybaseapi.h). Likewise the access list. */
  accessListOf(descriptor: bigint, isPresent: Dword, list: Address, isDefaulted: Dword): number;
  /** GetNamedSecurityInfoW function (aclapi.h). Returns its error code; allocates the descriptor, for localFree. */
  readSecurity(
    name: Uint16Array,
    objectType: number,
    parts: number,
    owner: Address,
    group: null,
    accessList: Address,
    auditList: null,
    descriptor: Address,
  ): number;
  /** SetNamedSecurityInfoW function (aclapi.h). Returns its error code. What is inherited is passed on to all that is below. */
  setSecurity(
    name: Uint16Array,
    objectType: number,
    parts: number,
    owner: bigint,
    group: null,
    accessList: bigint,
    auditList: null,
  ): number;
}

export function loadSecurityFunctions(advapi32: string): SecurityFunctions {
  const library = new NativeLibrary(advapi32);
  return {
    parseDescriptor: library.function(
      'int32_t __stdcall ConvertStringSecurityDescriptorToSecurityDescriptorW(void *text, uint32_t revision, void *descriptor, void *byte_length)',
    ),
    formatDescriptor: library.function(
      'int32_t __stdcall ConvertSecurityDescriptorToStringSecurityDescriptorW(void *descriptor, uint32_t revision, uint32_t parts, void *text, void *units)',
    ),
    ownerOf: library.function(
      'int32_t __stdcall GetSecurityDescriptorOwner(void *descriptor, void *owner, void *is_defaulted)',
    ),
    accessListOf: library.function(
      'int32_t __stdcall GetSecurityDescriptorDacl(void *descriptor, void *is_present, void *list, void *is_defaulted)',
    ),
    readSecurity: library.function(
      'uint32_t __stdcall GetNamedSecurityInfoW(void *name, int32_t object_type, uint32_t parts, void *owner, void *group, void *access_list, void *audit_list, void *descriptor)',
    ),
    setSecurity: library.function(
      'uint32_t __stdcall SetNamedSecurityInfoW(void *name, int32_t object_type, uint32_t parts, void *owner, void *group, void *access_list, void *audit_list)',
    ),
  };
}

/** LocalFree function (winbase.h). Anything but 0 is a failure. */
export type LocalFree = (memory: bigint) => number;

export function loadLocalFree(kernel32: string): LocalFree {
  return new NativeLibrary(kernel32).function('intptr_t __stdcall LocalFree(void *memory)');
}
