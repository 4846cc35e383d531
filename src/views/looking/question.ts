// What may be asked of the collections, and how a URL asks it.

import { ConfigError, quote, ValueError } from '../../config/error.ts';
import { nearestName } from '../../config/suggest.ts';
import { oneOf, parseSwitch } from '../../config/values/choice.ts';
import { integerBetween } from '../../config/values/integer.ts';
import { parseWritten } from '../../config/written.ts';
import { GROUPINGS, type Grouping } from '../endpoint.ts';
import { DEFAULT_SORT, type Filter, type Order } from '../filter.ts';
import { FILTER_NAMES, type FilterName, parseFilter, parseOrder } from '../selection/filter-parameters.ts';

interface AnyQuestion {
  readonly filter: Filter;
  /** The collection that is asked for, by its id; undefined: the latest one. */
  readonly collection: string | undefined;
  readonly offset: number;
  readonly limit: number;
}

export interface EndpointsQuestion extends AnyQuestion {
  readonly kind: 'endpoints';
  readonly order: Order;
  /** Whether to tell what is new, changed, and just closed. */
  readonly changes: boolean;
  /** Whether each endpoint comes with the queries that count it. */
  readonly queries: boolean;
}

/** Lines of CSV, the first of them the header where the offset is 0. */
export interface CsvQuestion extends AnyQuestion {
  readonly kind: 'csv';
  readonly order: Order;
}

export interface SummaryQuestion extends AnyQuestion {
  readonly kind: 'summary';
  readonly by: Grouping | undefined;
}

/** Crosses to the collection worker as it is. */
export type Question = EndpointsQuestion | CsvQuestion | SummaryQuestion;

/** The collections whose answer the client has already, by id. */
export type KnownCollections = readonly string[];

/** The answer to a question. */
export type Look =
  /** `body` is UTF-8: JSON, or CSV. `total`: how many endpoints or groups there are beyond the page, too. */
  | {
      readonly state: 'seen';
      readonly collection: string;
      readonly total: number;
      readonly body: Uint8Array<ArrayBuffer>;
    }
  /** The client has it already. */
  | { readonly state: 'known'; readonly collection: string }
  /** The collection that was asked for is not kept any more, or never was. */
  | { readonly state: 'gone' }
  /** There is no collection to look at. */
  | { readonly state: 'pending' }
  /** Too many questions wait already. */
  | { readonly state: 'busy' };

/** A question that cannot be answered. The message is one line, fit to be shown. */
export class QuestionError extends Error {}

const DEFAULT_PAGE_LIMIT = 100;
export const MAX_PAGE_LIMIT = 1_000;
/** No host has more endpoints. */
const MAX_OFFSET = 999_999_999;
const MAX_COLLECTION_ID_LENGTH = 40;

const DEFAULT_ORDER: Order = { column: DEFAULT_SORT, descending: false };

/** The parameters of each path. */
const PAGING = ['offset', 'limit'] as const;
const PARAMETERS = {
  endpoints: [...FILTER_NAMES, 'sort', 'order', ...PAGING, 'changes', 'queries', 'collection'],
  csv: [...FILTER_NAMES, 'sort', 'order', 'collection'],
  summary: [...FILTER_NAMES, 'by', ...PAGING, 'collection'],
} as const satisfies Record<Question['kind'], readonly string[]>;

/** Throws QuestionError. */
export function parseQuestion(kind: Question['kind'], query: URLSearchParams): Question {
  try {
    refuseUnknown(query, PARAMETERS[kind]);
    return readQuestion(kind, query);
  } catch (error) {
    if (error instanceof ConfigError) throw new QuestionError(error.message);
    throw error;
  }
}

function readQuestion(kind: Question['kind'], query: URLSearchParams): Question {
  const common = {
    filter: readFilter(query),
    collection: read(query, 'collection', parseCollectionId),
    offset: read(query, 'offset', integerBetween(0, MAX_OFFSET)) ?? 0,
    limit: read(query, 'limit', integerBetween(1, MAX_PAGE_LIMIT)) ?? DEFAULT_PAGE_LIMIT,
  };
  if (kind === 'summary') return { kind, ...common, by: read(query, 'by', oneOf(GROUPINGS)) };
  const order = parseOrder(single(query, 'sort'), single(query, 'order'), (name) => name) ?? DEFAULT_ORDER;
  if (kind === 'csv') return { kind, ...common, order };
  return {
    kind,
    ...common,
    order,
    changes: read(query, 'changes', parseSwitch) ?? false,
    queries: read(query, 'queries', parseSwitch) ?? false,
  };
}

function readFilter(query: URLSearchParams): Filter {
  const given = FILTER_NAMES.filter((name) => query.has(name));
  const texts: Partial<Record<FilterName, readonly string[]>> = {};
  for (const name of given) texts[name] = query.getAll(name);
  return parseFilter(texts, (name) => name);
}

function refuseUnknown(query: URLSearchParams, known: readonly string[]): void {
  for (const name of query.keys()) {
    if (known.includes(name)) continue;
    const nearest = nearestName(name, known);
    const advice = nearest === undefined ? `allowed: ${known.join(', ')}` : `did you mean ${nearest}?`;
    throw new ConfigError(`${quote(name)}: unknown parameter; ${advice}`);
  }
}

function single(query: URLSearchParams, name: string): string | undefined {
  const [text, second] = query.getAll(name);
  if (second !== undefined) throw new ConfigError(`${name}: given more than once; allowed: once`);
  return text;
}

function read<T>(query: URLSearchParams, name: string, parse: (text: string) => T): T | undefined {
  const text = single(query, name);
  return text === undefined ? undefined : parseWritten({ text, where: name }, parse);
}

function parseCollectionId(text: string): string {
  if (text === '' || text.length > MAX_COLLECTION_ID_LENGTH)
    throw new ValueError('is no collection', 'the id of an answer');
  return text;
}
