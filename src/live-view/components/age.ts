// How long ago the collection was, counted on each second: the one thing on the page that changes without an answer.

import { html } from 'htm/preact';
import { useEffect, useState } from 'preact/hooks';
import { ageText, isLate } from '../texts.ts';

const TICK_MS = 1_000;

export interface AgeProperties {
  /** ISO 8601, by the server's clock. */
  readonly time: string;
  readonly clockAheadMs: number;
  /** 0: it is not expected to be followed by another. */
  readonly intervalMs: number;
}

export function Age({ time, clockAheadMs, intervalMs }: AgeProperties) {
  const [nowMs, setNowMs] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  // A collection that has just come is younger than the last tick.
  const ageMs = Math.max(nowMs, Date.now()) + clockAheadMs - Date.parse(time);
  const late = isLate(ageMs, intervalMs);
  return html`<time data-age=${late ? 'late' : 'fresh'} datetime=${time} title=${time}>${ageText(ageMs)}</time>${
    late && html`<span class="bad">, late: expected every ${Math.round(intervalMs / TICK_MS)} s</span>`
  }`;
}
