// Endpoints counted together: by process, local port, state or destination.

import type { EndpointBlock } from '../blocks.ts';
import { COUNTED, columnOf, countsOf } from '../counts.ts';
import type { EndpointGroup, Grouping } from '../endpoint.ts';
import { forEachOpen } from '../open-endpoints.ts';
import type { ProcessTexts } from '../process-texts.ts';
import { DestinationGrouper } from './group-by-destination.ts';
import { PortGrouper } from './group-by-port.ts';
import { ProcessGrouper } from './group-by-process.ts';
import { StateGrouper } from './group-by-state.ts';
import { type Grouper, NO_GROUP } from './grouper.ts';

const FIRST_GROUPS = 64;

/** The groups in order, as objects only where they are asked for: there can be as many as endpoints. */
export interface EndpointGroups {
  readonly length: number;
  /** As that of an array. */
  slice(start: number, end: number): readonly EndpointGroup[];
}

/**
 * The groups of the endpoints in `numbers`, those with the most first; what is closed is in none. `blocks` are the whole
 * collection: which connections are outbound depends on who listens.
 *
 * The filter of a group selects its endpoints. It may select more where names are told apart that a filter takes for the
 * same: by case or `.exe`, or by a `*` in them; and that of a destination selects connections to it that are not outbound.
 */
export function groupEndpoints(
  blocks: readonly EndpointBlock[],
  numbers: Uint32Array,
  by: Grouping,
  texts: ProcessTexts,
): EndpointGroups {
  const grouper = grouperOf(by, blocks, texts);
  const counters = countByGroup(blocks, numbers, grouper);
  const totals = totalsOf(counters);
  const groups: number[] = [];
  totals.forEach((total, group) => {
    if (total > 0) groups.push(group);
  });
  groups.sort((one, other) => (totals[other] as number) - (totals[one] as number) || grouper.compare(one, other));
  const toObject = (group: number): EndpointGroup => ({
    ...grouper.describe(group),
    total: totals[group] as number,
    counts: countsOf(counters, group * COUNTED.length),
  });
  return { length: groups.length, slice: (start, end) => groups.slice(start, end).map(toObject) };
}

function grouperOf(by: Grouping, blocks: readonly EndpointBlock[], texts: ProcessTexts): Grouper {
  switch (by) {
    case 'process':
      return new ProcessGrouper(texts);
    case 'port':
      return new PortGrouper();
    case 'state':
      return new StateGrouper();
    case 'destination':
      return new DestinationGrouper(blocks, texts);
  }
}

/** A row of counters a group, as countsOf reads them. */
function countByGroup(blocks: readonly EndpointBlock[], numbers: Uint32Array, grouper: Grouper): Int32Array {
  let counters = new Int32Array(COUNTED.length * FIRST_GROUPS);
  forEachOpen(blocks, numbers, (block, row) => {
    const group = grouper.groupOf(block, row);
    if (group === NO_GROUP) return;
    const offset = group * COUNTED.length;
    if (offset >= counters.length) counters = new Int32Array(counters.buffer.transfer(counters.byteLength * 2));
    (counters[offset + columnOf(block, row)] as number)++;
  });
  return counters;
}

function totalsOf(counters: Int32Array): readonly number[] {
  const totals = new Array<number>(counters.length / COUNTED.length).fill(0);
  for (let index = 0; index < counters.length; index++) {
    (totals[Math.floor(index / COUNTED.length)] as number) += counters[index] as number;
  }
  return totals;
}
