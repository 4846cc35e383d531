// The texts of a query or of a command line as a filter and an order.

import type { Filter, Order } from './filter.ts';

/** The filters' names, in queries and as options. Each may be given several times. */
export const FILTER_NAMES = ['protocol', 'state', 'process', 'service', 'port', 'remote', 'search'] as const;
export type FilterName = (typeof FILTER_NAMES)[number];
export type FilterTexts = Readonly<Partial<Record<FilterName, readonly string[]>>>;

export function parseFilter(texts: FilterTexts, where: (name: FilterName) => string): Filter {
  throw new Error(`not yet ${texts} ${where}`);
}

export function parseOrder(
  sort: string | undefined,
  order: string | undefined,
  where: (name: 'sort' | 'order') => string,
): Order | undefined {
  throw new Error(`not yet ${sort} ${order} ${where}`);
}
