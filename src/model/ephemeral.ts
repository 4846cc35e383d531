// The ephemeral (dynamic) port ranges: where the OS takes local ports from when a program does not choose one.

import type { AddressFamily, Protocol } from './sockets.ts';

/** Where a range was learnt: from the user, from the OS, or assumed because the OS could not be asked. */
export type EphemeralRangeSource = 'config' | 'procfs' | 'wmi' | 'assumed' | 'default';

export interface PortRange {
  readonly first: number;
  /** Inclusive. */
  readonly last: number;
}

export interface EphemeralRange extends PortRange {
  readonly protocol: Protocol;
  readonly family: AddressFamily;
  readonly source: EphemeralRangeSource;
  /** Ranges inside first..last, apart from each other, that the OS never hands out (Linux: ip_local_reserved_ports). */
  readonly reserved: readonly PortRange[];
}
