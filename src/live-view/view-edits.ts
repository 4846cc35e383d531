// What a person does to the view: each change makes another view.

import type { Protocol } from '../model/sockets.ts';
import type { TcpState } from '../model/states.ts';
import type { SortColumn } from '../views/filter.ts';
import { FILTERS, type FilterName, type Filters, isOneOf, type View, withValues } from './view.ts';

export function addFilter(view: View, name: FilterName, values: readonly string[]): View {
  return withFilter(view, name, withValues(view.filters[name], values));
}

export function removeFilter(view: View, name: FilterName, value: string): View {
  return withFilter(
    view,
    name,
    (view.filters[name] ?? []).filter((other) => other !== value),
  );
}

export function clearFilters(view: View): View {
  return { ...view, filters: {}, search: '' };
}

/** Shows what fits `filter` alone, of what is shown: its values take the place of others of the same name. */
export function narrow(view: View, filter: Readonly<Record<string, string>>): View {
  const filters: Partial<Record<FilterName, readonly string[]>> = { ...view.filters };
  for (const [name, value] of Object.entries(filter)) if (isOneOf(FILTERS, name)) filters[name] = [value];
  return { ...view, filters };
}

/** From groups to the endpoints of one of them. */
export function drillInto(view: View, filter: Readonly<Record<string, string>>): View {
  return { ...narrow(view, filter), by: undefined, order: undefined };
}

/** A filter by state leaves out UDP, so that the two exclude each other. */
export function toggleState(view: View, state: TcpState): View {
  if (view.filters.state?.includes(state)) return removeFilter(view, 'state', state);
  return addFilter(removeFilter(view, 'protocol', 'udp'), 'state', [state]);
}

export function toggleProtocol(view: View, protocol: Protocol): View {
  if (view.filters.protocol?.includes(protocol)) return removeFilter(view, 'protocol', protocol);
  const only = withFilter(view, 'protocol', [protocol]);
  return protocol === 'udp' ? withFilter(only, 'state', []) : only;
}

/** Ascending, then descending, then in no order again. */
export function sortBy(view: View, column: SortColumn): View {
  if (view.order?.column !== column) return { ...view, order: { column, descending: false } };
  return { ...view, order: view.order.descending ? undefined : { column, descending: true } };
}

function withFilter(view: View, name: FilterName, values: readonly string[]): View {
  const { [name]: _, ...others } = view.filters;
  const filters: Filters = values.length === 0 ? others : { ...others, [name]: values };
  return { ...view, filters };
}
