// The texts of a URL or a command line as a filter and an order.

import { ConfigError, ValueError } from '../../config/error.ts';
import { oneOfAnyCase } from '../../config/values/choice.ts';
import { parsePorts } from '../../config/values/ports.ts';
import { parseWritten } from '../../config/written.ts';
import type { PortRange } from '../../model/ephemeral.ts';
import { PROTOCOLS } from '../../model/sockets.ts';
import { type Filter, type Order, SORT_COLUMNS } from '../filter.ts';
import { parseRemote } from './remote-filter.ts';
import { MAX_SEARCH_WORDS, searchWords } from './search.ts';
import { parseState } from './state-names.ts';

/** The filters' names, as parameters and as options. Each may be given several times: what fits one of the texts is meant. */
export const FILTER_NAMES = ['protocol', 'state', 'process', 'service', 'port', 'remote', 'search'] as const;
export type FilterName = (typeof FILTER_NAMES)[number];
export type FilterTexts = Readonly<Partial<Record<FilterName, readonly string[]>>>;

/** How often one filter may be given, and how long a text may be. */
export const MAX_FILTER_TEXTS = 32;
export const MAX_FILTER_TEXT_LENGTH = 1_024;

const parseProtocol = oneOfAnyCase(PROTOCOLS);
const parseColumn = oneOfAnyCase(SORT_COLUMNS);
const parseDirection = oneOfAnyCase(['asc', 'desc']);

/**
 * Protocols, states and ports also take lists with commas between. Words of `search` must all be found, wherever they
 * are given. `where` says in an error where a text stands. Throws ConfigError.
 */
export function parseFilter(texts: FilterTexts, where: (name: FilterName) => string): Filter {
  const read = <T>(name: FilterName, parse: (text: string) => readonly T[]): readonly T[] | undefined => {
    const given = texts[name] ?? [];
    return given.length === 0 ? undefined : readTexts(given, where(name), parse);
  };
  const protocols = read('protocol', listOf(parseProtocol));
  const states = read('state', listOf(parseState));
  const processes = read('process', (text) => [text]);
  const services = read('service', (text) => [text]);
  const ports = read('port', parseLocalPorts);
  const remotes = read('remote', (text) => [parseRemote(text.trim())]);
  const words = read('search', searchWords) ?? [];
  if (words.length > MAX_SEARCH_WORDS)
    throw new ConfigError(`${where('search')}: ${words.length} words; allowed: at most ${MAX_SEARCH_WORDS}`);
  return {
    ...(protocols && { protocols }),
    ...(states && { states }),
    ...(processes && { processes }),
    ...(services && { services }),
    ...(ports && { ports }),
    ...(remotes && { remotes }),
    ...(words.length > 0 && { search: words.join(' ') }),
  };
}

/** Undefined where neither is given. Throws ConfigError. */
export function parseOrder(
  sort: string | undefined,
  order: string | undefined,
  where: (name: 'sort' | 'order') => string,
): Order | undefined {
  const direction = order === undefined ? 'asc' : readText(order, where('order'), parseDirection);
  if (sort !== undefined)
    return { column: readText(sort, where('sort'), parseColumn), descending: direction === 'desc' };
  if (order === undefined) return undefined;
  throw new ConfigError(`${where('order')}: needs a column to sort by; allowed: only together with ${where('sort')}`);
}

function readTexts<T>(texts: readonly string[], where: string, parse: (text: string) => readonly T[]): readonly T[] {
  if (texts.length > MAX_FILTER_TEXTS)
    throw new ConfigError(`${where}: given ${texts.length} times; allowed: at most ${MAX_FILTER_TEXTS} times`);
  return texts.flatMap((text) => readText(text, where, parse));
}

function readText<T>(text: string, where: string, parse: (text: string) => T): T {
  return parseWritten({ text, where }, () => {
    if (text.length > MAX_FILTER_TEXT_LENGTH)
      throw new ValueError('is too long', `at most ${MAX_FILTER_TEXT_LENGTH} characters`);
    return parse(text);
  });
}

/** Sockets that are closed and not bound have port 0: a person may ask for these, too. */
function parseLocalPorts(text: string): readonly PortRange[] {
  return text.trim() === '0' ? [{ first: 0, last: 0 }] : parsePorts(text);
}

function listOf<T>(parse: (item: string) => T): (text: string) => readonly T[] {
  return (text) => text.split(',').map((item) => parse(item.trim()));
}
