// What the page shows, as the address bar holds it, so that it can be sent to somebody else.

import { GROUPINGS, type Grouping } from '../views/endpoint.ts';
import { type Order, SORT_COLUMNS, type SortColumn } from '../views/filter.ts';

/** The filters of the API that are lists; the words that are searched for are a text of their own. */
export const FILTERS = ['protocol', 'state', 'process', 'service', 'port', 'remote'] as const;
export type FilterName = (typeof FILTERS)[number];

/** Values as the API takes them: it judges them, and says what is wrong with one. No list is empty. */
export type Filters = Readonly<Partial<Record<FilterName, readonly string[]>>>;

export interface View {
  readonly filters: Filters;
  readonly search: string;
  /** Undefined: as the host lists them; groups with the most endpoints first. */
  readonly order: Order | undefined;
  /** Undefined: a list of endpoints. */
  readonly by: Grouping | undefined;
}

export interface ParsedView {
  readonly view: View;
  /** The parameters that mean nothing to the page: `name=value`. */
  readonly ignored: readonly string[];
}

/** Of these the API takes several values in one text; here each is one of its own, so that it can be taken away alone. */
const WITH_COMMAS: ReadonlySet<FilterName> = new Set(['protocol', 'state', 'port']);

/** `query`: what follows the question mark of the page's address. */
export function parseView(query: string): ParsedView {
  const filters: Partial<Record<FilterName, readonly string[]>> = {};
  const ignored: string[] = [];
  const words: string[] = [];
  let [by, column, descending]: [Grouping | undefined, SortColumn | undefined, boolean] = [undefined, undefined, false];
  for (const [name, value] of new URLSearchParams(query)) {
    if (isOneOf(FILTERS, name)) filters[name] = withValues(filters[name], splitValues(name, value));
    else if (name === 'search') words.push(value);
    else if (name === 'by' && isOneOf(GROUPINGS, value)) by = value;
    else if (name === 'sort' && isOneOf(SORT_COLUMNS, value)) column = value;
    else if (name === 'order' && isOneOf(['asc', 'desc'], value)) descending = value === 'desc';
    else ignored.push(`${name}=${value}`);
  }
  const order = column === undefined ? undefined : { column, descending };
  return { view: { filters, search: words.join(' ').trim(), order, by }, ignored };
}

/** The query of the page's address: what parseView reads as the same view. */
export function formatView(view: View): string {
  const query = filterQuery(view);
  if (view.by !== undefined) query.set('by', view.by);
  return withOrder(query, view).toString();
}

/** The filters and the words that are searched for, as the API takes them. */
export function filterQuery({ filters, search }: View): URLSearchParams {
  const query = new URLSearchParams();
  for (const name of FILTERS) for (const value of filters[name] ?? []) query.append(name, value);
  if (search !== '') query.set('search', search);
  return query;
}

/** What the list is asked for, but for the page of it: the same text for the same list. */
export function listQuestion(view: View): string {
  return withOrder(filterQuery(view), view).toString();
}

/** `query` itself, with the order. */
export function withOrder(query: URLSearchParams, { order }: View): URLSearchParams {
  if (order === undefined) return query;
  query.set('sort', order.column);
  query.set('order', order.descending ? 'desc' : 'asc');
  return query;
}

/** `known` and what of `more` is not among them. */
export function withValues(known: readonly string[] | undefined, more: readonly string[]): readonly string[] {
  return [...new Set([...(known ?? []), ...more])];
}

export function isOneOf<T extends string>(names: readonly T[], text: string): text is T {
  return (names as readonly string[]).includes(text);
}

/** The values in a text that somebody wrote. States are lower case with underscores, as the buttons have them. */
export function splitValues(name: FilterName, text: string): readonly string[] {
  if (!WITH_COMMAS.has(name)) return [text];
  const values = text.split(',').map((value) => value.trim().toLowerCase());
  return name === 'state' ? values.map((value) => value.replaceAll('-', '_')) : values;
}
