// Headers that every answer has: what a browser may do with it.

/** No page of ours loads anything, is shown within another, or is to be kept or passed on. */
const OURS = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
} as const;

/** Ours, with `own` of a page in their place, and in the place of both what the operator has configured. */
export function securityHeaders(
  configured: Readonly<Record<string, string>>,
  own: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  return { ...OURS, ...own, ...configured };
}
