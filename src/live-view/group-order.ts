// The order of groups, which the page makes itself: they are all there.

import { type EndpointGroup, GROUP_COLUMNS, type Grouping } from '../views/endpoint.ts';
import type { Order, SortColumn } from '../views/filter.ts';

/** By a column of the grouping; by any other, and without an order, as they come: the most endpoints first. */
export function sortGroups(
  groups: readonly EndpointGroup[],
  by: Grouping,
  order: Order | undefined,
): readonly EndpointGroup[] {
  const column = GROUP_COLUMNS[by].findIndex((label) => groupColumnName(label) === order?.column);
  if (order === undefined || column < 0) return groups;
  const sign = order.descending ? -1 : 1;
  return groups.toSorted((one, other) => sign * compare(one.cells[column] ?? '', other.cells[column] ?? ''));
}

/** `local port` → `local-port`: as the column of the list with the same contents is called. */
export function groupColumnName(label: (typeof GROUP_COLUMNS)[Grouping][number]): SortColumn {
  switch (label) {
    case 'local port':
      return 'local-port';
    case 'remote address':
      return 'remote-address';
    case 'remote port':
      return 'remote-port';
    default:
      return label;
  }
}

export function groupKey({ cells }: EndpointGroup): string {
  return JSON.stringify(cells);
}

const collator = new Intl.Collator('en', { numeric: true });

/** Numbers in texts by their size: port 80 before port 443. */
function compare(one: string, other: string): number {
  return collator.compare(one, other);
}
