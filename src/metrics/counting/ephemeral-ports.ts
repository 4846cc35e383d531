// Which ports the OS takes as ephemeral ones, as tables that a loop over rows can look into.

import type { EphemeralRange, PortRange } from '../../model/ephemeral.ts';
import { ADDRESS_FAMILIES, type AddressFamily, PROTOCOLS, type Protocol } from '../../model/sockets.ts';
import { PORTS } from './port-counts.ts';

/** 1 for each port that the OS may hand out, 0 for the others. */
export type PortSet = Uint8Array<ArrayBuffer>;

export class EphemeralPorts {
  readonly #sets = Object.fromEntries(
    PROTOCOLS.map((protocol) => [
      protocol,
      Object.fromEntries(ADDRESS_FAMILIES.map((family) => [family, new Uint8Array(PORTS)])),
    ]),
  ) as Readonly<Record<Protocol, Readonly<Record<AddressFamily, PortSet>>>>;

  /** Without known ranges every port might be an ephemeral one. */
  set(ranges: readonly EphemeralRange[] | undefined): void {
    for (const protocol of PROTOCOLS) {
      for (const family of ADDRESS_FAMILIES) this.of(protocol, family).fill(ranges === undefined ? 1 : 0);
    }
    for (const range of ranges ?? []) {
      const ports = this.of(range.protocol, range.family);
      fill(ports, range, 1);
      for (const reserved of range.reserved) fill(ports, reserved, 0);
    }
  }

  of(protocol: Protocol, family: AddressFamily): PortSet {
    return this.#sets[protocol][family];
  }
}

export function countPorts(ports: PortSet): number {
  let count = 0;
  for (let port = 0; port < ports.length; port++) count += ports[port] as number;
  return count;
}

function fill(ports: PortSet, { first, last }: PortRange, value: 0 | 1): void {
  ports.fill(value, first, last + 1);
}
