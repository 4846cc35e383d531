// What every reader here works with: the libraries, the buffer that they share, and the two address families.

import type { AddressFamily } from '../../model/sockets.ts';
import type { Advapi32, IpHelper, Kernel32, Ntdll } from './bindings.ts';
import type { GrowingBuffer } from './growing-buffer.ts';

export interface Windows {
  readonly ipHelper: IpHelper;
  readonly kernel32: Kernel32;
  readonly ntdll: Ntdll;
  readonly advapi32: Advapi32;
  /** One for all: what is read is decoded into columns before the next read. */
  readonly buffer: GrowingBuffer;
}

/** The numbers and names of the address families (winsock2.h). */
export const FAMILIES = {
  ipv4: { number: 2, name: 'AF_INET' },
  ipv6: { number: 23, name: 'AF_INET6' },
} as const satisfies Record<AddressFamily, { readonly number: number; readonly name: string }>;
