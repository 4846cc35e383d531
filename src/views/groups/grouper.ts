// What a grouping of endpoints knows how to do: to tell which group an endpoint is in, and what a group is called.

import type { EndpointBlock } from '../blocks.ts';
import type { EndpointGroup } from '../endpoint.ts';

export const NO_GROUP = -1;

export interface Grouper {
  /** The number of the endpoint's group, from 0 on without many gaps; NO_GROUP for one that this grouping leaves out. */
  groupOf(block: EndpointBlock, row: number): number;
  /** Negative where the one comes before the other, of groups with equally many endpoints. */
  compare(one: number, other: number): number;
  describe(group: number): Pick<EndpointGroup, 'cells' | 'filter'>;
}
