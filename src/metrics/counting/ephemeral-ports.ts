// Which ports the OS takes as ephemeral ones, as tables that a loop over rows can look into.

import type { EphemeralRange } from '../../model/ephemeral.ts';
import { ADDRESS_FAMILIES, type AddressFamily, PROTOCOLS, type Protocol } from '../../model/sockets.ts';
import { PORTS } from './port-counts.ts';

/** 1 for each port that the OS may hand out, 0 for the others. */
export type PortSet = Uint8Array<ArrayBuffer>;

type ByTable<Value> = Readonly<Record<Protocol, Readonly<Record<AddressFamily, Value>>>>;

/** Kept from one collection to the next for its memory. */
export class EphemeralPorts {
  readonly #sets: ByTable<PortSet> = { tcp: createSets(), udp: createSets() };

  /** Without known ranges every port might be an ephemeral one. */
  set(ranges: readonly EphemeralRange[] | undefined): void {
    for (const protocol of PROTOCOLS) {
      for (const family of ADDRESS_FAMILIES) this.of(protocol, family).fill(ranges === undefined ? 1 : 0);
    }
    for (const { protocol, family, first, last, reserved } of ranges ?? []) {
      const ports = this.of(protocol, family).fill(1, first, last + 1);
      for (const range of reserved) ports.fill(0, range.first, range.last + 1);
    }
  }

  of(protocol: Protocol, family: AddressFamily): PortSet {
    return this.#sets[protocol][family];
  }
}

/** How many ports a range has that the OS may hand out: those that it reserves are apart, and inside of it. */
export function rangePorts({ first, last, reserved }: EphemeralRange): number {
  return reserved.reduce((ports, range) => ports - (range.last - range.first + 1), last - first + 1);
}

function createSets(): Readonly<Record<AddressFamily, PortSet>> {
  return { ipv4: new Uint8Array(PORTS), ipv6: new Uint8Array(PORTS) };
}
