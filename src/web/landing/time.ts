// Instants, as a person and as a program read them.

import { type Html, html } from './html.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** A unit is left for the next larger one at two of that: "90 seconds ago" says more than "1 minute ago". */
const UNITS = [
  { unit: 'second', ms: SECOND_MS, belowMs: 2 * MINUTE_MS },
  { unit: 'minute', ms: MINUTE_MS, belowMs: 2 * HOUR_MS },
  { unit: 'hour', ms: HOUR_MS, belowMs: 2 * DAY_MS },
] as const;
const LARGEST = { unit: 'day', ms: DAY_MS } as const;

/** The instant in ISO 8601. */
export function instant(unixMs: number): Html {
  const iso = new Date(unixMs).toISOString();
  return html`<time datetime="${iso}">${iso}</time>`;
}

/** The instant, and how long ago that was. A clock that was set back since makes it "in 5 minutes". */
export function instantAndAge(unixMs: number, nowMs: number): Html {
  const sinceMs = unixMs - nowMs;
  const { unit, ms } = UNITS.find(({ belowMs }) => Math.abs(sinceMs) < belowMs) ?? LARGEST;
  return html`${instant(unixMs)}, ${relative(Math.trunc(sinceMs / ms), unit)}`;
}

/** Not by Intl: with the first of its formats Node.js takes 7 MB, for good. */
function relative(count: number, unit: string): string {
  if (count === 0) return 'now';
  const amount = `${Math.abs(count)} ${unit}${Math.abs(count) === 1 ? '' : 's'}`;
  return count < 0 ? `${amount} ago` : `in ${amount}`;
}
