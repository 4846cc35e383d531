// How long a collector asks to be left alone: the HTTP header Retry-After (RFC 9110, section 10.2.3).

/** A longer wish is cut to this: nobody would look for an hour-long silence in a header. */
export const MAXIMUM_RETRY_AFTER_MS = 3_600_000;

/** In milliseconds from `nowMs`, Unix time. Undefined where there is no header, or none that can be read. */
export function parseRetryAfter(header: string | undefined, nowMs: number): number | undefined {
  const text = header?.trim() ?? '';
  const waitMs = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - nowMs;
  if (Number.isNaN(waitMs)) return undefined;
  return Math.min(Math.max(waitMs, 0), MAXIMUM_RETRY_AFTER_MS);
}
