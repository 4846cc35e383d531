// Lists of names and values, `name=value,name=value`, percent-encoded where need be. No error here shows a value.

import { ValueError } from '../error.ts';

export type Pairs = Readonly<Record<string, string>>;

export interface PairRules {
  readonly allowed: string;
  /** What is wrong with a pair, both sides decoded, in words that repeat neither; undefined where nothing is. */
  readonly problemOf: (name: string, value: string) => string | undefined;
  /** Two names that come to the same text here may not both be given. */
  readonly identityOf: (name: string) => string;
}

/**
 * A parser for the format of OTEL_EXPORTER_OTLP_HEADERS and OTEL_RESOURCE_ATTRIBUTES (OpenTelemetry specification:
 * protocol exporter, resource SDK): that of the W3C Baggage header without metadata, so that a semicolon is a character
 * like others. Blanks around names and values do not count, nor do empty items, which joined variables leave behind.
 * Names and values are percent-decoded; a `=` that is not encoded may stand in a value, as baggage allows.
 * Errors name an item by its number: even what looks like a name may be a piece of a secret with a comma in it.
 */
export function pairsParser({ allowed, problemOf, identityOf }: PairRules): (text: string) => Pairs {
  return (text) => {
    const pairs = new Map<string, readonly [name: string, value: string]>();
    for (const [index, item] of text.split(',').entries()) {
      if (item.trim() === '') continue;
      const fail = (problem: string) => new ValueError(`${problem} in item ${index + 1}`, allowed);
      const separator = item.indexOf('=');
      if (separator === -1) throw fail('has no =');
      const name = decode(item.slice(0, separator));
      const value = decode(item.slice(separator + 1));
      if (name === undefined || value === undefined) throw fail('has a bad percent-encoding');
      const problem = name === '' ? 'has no name' : problemOf(name, value);
      if (problem !== undefined) throw fail(problem);
      if (pairs.has(identityOf(name))) throw fail('repeats a name');
      pairs.set(identityOf(name), [name, value]);
    }
    return Object.freeze(Object.fromEntries(pairs.values()));
  };
}

/** The text that parses to these pairs. A lone surrogate, which no encoding has, becomes U+FFFD. */
export function formatPairs(pairs: Iterable<readonly [name: string, value: string]>): string {
  return Array.from(pairs, ([name, value]) => `${encode(name)}=${encode(value)}`).join(',');
}

function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text.trim());
  } catch {
    return undefined;
  }
}
