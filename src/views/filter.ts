// Which endpoints are asked for, and in which order.

import type { PortRange } from '../model/ephemeral.ts';
import type { AddressFamily, Protocol } from '../model/sockets.ts';
import type { TcpState } from '../model/states.ts';

/** Remote ends: a network of one family, a port, or both. */
export interface RemoteFilter {
  /** Absent: any address. IPv4 addresses that are written as IPv6 ones count as IPv4. */
  readonly network?: {
    readonly family: AddressFamily;
    /** In network order; what lies behind the prefix is 0. */
    readonly bytes: readonly number[];
    readonly prefixBits: number;
    /** 0: any. */
    readonly scope: number;
  };
  readonly port?: number;
}

/** An endpoint is meant where it fits all that is there, and of each list one. Crosses between threads as it is. */
export interface Filter {
  readonly protocols?: readonly Protocol[];
  /** A filter by state leaves out UDP, which has none. */
  readonly states?: readonly TcpState[];
  /**
   * Process ids (all digits), or names whatever their case, with or without `.exe`, in which `*` stands for anything.
   * Names are compared as they are shown. A process that is called by digits is meant by its name, too.
   */
  readonly processes?: readonly string[];
  /**
   * Services or systemd units, like names, or all services of one process with commas between (`BFE,mpssvc`); the empty
   * text means processes without one.
   */
  readonly services?: readonly string[];
  /** Local ports. */
  readonly ports?: readonly PortRange[];
  readonly remotes?: readonly RemoteFilter[];
  /** Words with blanks between that must all be found somewhere in what is shown of the endpoint, whatever their case: `10.0.0.5:443 nginx`. */
  readonly search?: string;
}

export const SORT_COLUMNS = [
  'protocol',
  'local-address',
  'local-port',
  'remote-address',
  'remote-port',
  'state',
  'pid',
  'process',
  'services',
] as const;
export type SortColumn = (typeof SORT_COLUMNS)[number];

/** As netstat has it: TCP before UDP, and then by local address and port, so that two listings can be compared. */
export const DEFAULT_SORT = 'protocol' satisfies SortColumn;

/**
 * Endpoints that are equal in the column are ordered by the others, ascending, so that the order is always the same. What an
 * endpoint does not have (another end, a state, an owner, services) comes last, or first where the order is descending.
 */
export interface Order {
  readonly column: SortColumn;
  readonly descending: boolean;
}
