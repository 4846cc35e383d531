// Endpoints by state; UDP, which has none, is a group of its own.

import type { EndpointBlock } from '../blocks.ts';
import { COUNTED, columnOf } from '../counts.ts';
import type { EndpointGroup } from '../endpoint.ts';
import type { Grouper } from './grouper.ts';

/** A group's number is its column. */
export class StateGrouper implements Grouper {
  groupOf(block: EndpointBlock, row: number): number {
    return columnOf(block, row);
  }

  compare(one: number, other: number): number {
    return one - other;
  }

  describe(group: number): Pick<EndpointGroup, 'cells' | 'filter'> {
    const name = COUNTED[group] ?? 'unknown';
    return { cells: [name], filter: name === 'udp' ? { protocol: name } : { state: name } };
  }
}
