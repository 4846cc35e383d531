// Chooses the format and the encoding of an answer from what the client accepts.

import type { Format } from '../outputs/prometheus/formats.ts';
import { type Choice, parseQualityList } from './quality-list.ts';

interface Offer {
  readonly type: string;
  readonly subtype: string;
  readonly version: string;
}

const OFFERS = {
  text: { type: 'text', subtype: 'plain', version: '0.0.4' },
  openmetrics: { type: 'application', subtype: 'openmetrics-text', version: '1.0.0' },
} as const satisfies Record<Format, Offer>;

interface Preference {
  /** How closely the client's words fit: 0 not at all, 1 any type, 2 any subtype, 3 the type, 4 its version too. */
  readonly closeness: number;
  readonly quality: number;
}

/**
 * The format that the client likes best, and of two that it likes as much the one that it names more closely. Text
 * where it does not say, or accepts neither: an answer in the usual format helps more than none.
 */
export function chooseFormat(accept: string | undefined): Format {
  const choices = parseQualityList(accept ?? '');
  const text = preferenceFor(OFFERS.text, choices);
  const openMetrics = preferenceFor(OFFERS.openmetrics, choices);
  if (openMetrics.quality !== text.quality) return openMetrics.quality > text.quality ? 'openmetrics' : 'text';
  return openMetrics.closeness > text.closeness && openMetrics.quality > 0 ? 'openmetrics' : 'text';
}

/** The choice that fits most closely decides (RFC 9110, 12.5.1). */
function preferenceFor(offer: Offer, choices: readonly Choice[]): Preference {
  let best: Preference = { closeness: 0, quality: 0 };
  for (const choice of choices) {
    const closeness = closenessOf(offer, choice);
    if (closeness > best.closeness) best = { closeness, quality: choice.quality };
  }
  return best;
}

function closenessOf({ type, subtype, version }: Offer, { value, parameters }: Choice): number {
  if (value === '*/*') return 1;
  if (value === `${type}/*`) return 2;
  if (value !== `${type}/${subtype}`) return 0;
  const wanted = parameters.get('version');
  if (wanted === undefined) return 3;
  return wanted === version ? 4 : 0;
}

/** Whether the client takes gzip, under its name, its old name, or as one of all encodings. */
export function acceptsGzip(acceptEncoding: string | undefined): boolean {
  const choices = parseQualityList(acceptEncoding ?? '');
  const choice =
    choices.find(({ value }) => value === 'gzip' || value === 'x-gzip') ?? choices.find(({ value }) => value === '*');
  return choice !== undefined && choice.quality > 0;
}
