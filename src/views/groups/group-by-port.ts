// Endpoints by protocol and local port.

import { PORTS } from '../../metrics/counting/port-counts.ts';
import { PROTOCOLS } from '../../model/sockets.ts';
import type { EndpointBlock } from '../blocks.ts';
import type { EndpointGroup } from '../endpoint.ts';
import type { Grouper } from './grouper.ts';

export class PortGrouper implements Grouper {
  /** By place: the number of its group, plus 1. */
  readonly #groups = new Int32Array(PROTOCOLS.length * PORTS);
  /** By group: the index of the protocol times PORTS, plus the port. */
  readonly #places: number[] = [];

  groupOf({ protocol, table }: EndpointBlock, row: number): number {
    const place = PROTOCOLS.indexOf(protocol) * PORTS + (table.localPort[row] as number);
    const group = this.#groups[place] as number;
    if (group > 0) return group - 1;
    this.#groups[place] = this.#places.push(place);
    return this.#places.length - 1;
  }

  compare(one: number, other: number): number {
    return (this.#places[one] as number) - (this.#places[other] as number);
  }

  describe(group: number): Pick<EndpointGroup, 'cells' | 'filter'> {
    const place = this.#places[group] as number;
    const protocol = PROTOCOLS[Math.floor(place / PORTS)] ?? 'tcp';
    const port = String(place % PORTS);
    return { cells: [protocol, port], filter: { protocol, port } };
  }
}
