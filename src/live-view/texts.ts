// Numbers and times as a person reads them.

const MINUTE_S = 60;
const HOUR_S = 60 * MINUTE_S;
const DAY_S = 24 * HOUR_S;

/** `12,345`, in whatever language the browser is: the page is English. */
export function countText(count: number): string {
  return count.toLocaleString('en');
}

/** `1 endpoint`, `12,345 endpoints`. */
export function countOf(count: number, singular: string): string {
  return `${countText(count)} ${singular}${count === 1 ? '' : 's'}`;
}

/** `local port` → `Local port`. */
export function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** `12 s ago`. A clock that was set back makes it `now`, too. */
export function ageText(ageMs: number): string {
  const seconds = Math.floor(ageMs / 1_000);
  if (seconds < 1) return 'now';
  if (seconds < 2 * MINUTE_S) return `${seconds} s ago`;
  if (seconds < 2 * HOUR_S) return `${Math.floor(seconds / MINUTE_S)} min ago`;
  if (seconds < 2 * DAY_S) return `${Math.floor(seconds / HOUR_S)} h ago`;
  return `${Math.floor(seconds / DAY_S)} days ago`;
}

/** Collections take a while, and a page asks only from time to time. */
const GRACE_MS = 10_000;

/** Whether a next collection should long have come. `intervalMs`: 0 where they come only when they are asked for. */
export function isLate(ageMs: number, intervalMs: number): boolean {
  return intervalMs > 0 && ageMs > 2 * intervalMs + GRACE_MS;
}
