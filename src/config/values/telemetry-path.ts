// The path of the metrics, which must not hide another page.

import { ValueError } from '../error.ts';

/** Pages that always have these paths. */
export const FIXED_PATHS = [
  '/',
  '/health',
  '/-/healthy',
  '/-/ready',
  '/version',
  '/live',
  '/api/v1/endpoints',
  '/api/v1/endpoints.csv',
  '/api/v1/summary',
] as const;

/** Nothing that a URL would have to escape, and nothing that a router takes for a pattern. */
const PATTERN = /^(?:\/[\w.~-]+)+\/?$/;
const DOTS = /\/\.{1,2}(?:\/|$)/;
const ALLOWED = `a path such as /metrics, made of / and letters, digits, - . _ ~, but none of ${FIXED_PATHS.join(' ')}`;

/** Throws ValueError. Case and a slash at the end make no difference to the router, so they make none here. */
export function parseTelemetryPath(text: string): string {
  const routed = text.toLowerCase().replace(/(?<=.)\/$/, '');
  if (FIXED_PATHS.some((path) => path === routed)) throw new ValueError('is the path of another page', ALLOWED);
  if (!PATTERN.test(text) || DOTS.test(text)) throw new ValueError('is not a path for metrics', ALLOWED);
  return text;
}
