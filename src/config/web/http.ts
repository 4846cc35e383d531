// The group http_server_config: headers, and HTTP/2.

import { ValueError } from '../error.ts';
import { oneOf } from '../values/choice.ts';
import { booleanOf } from './go-values.ts';
import { type HeaderName, SHAPE } from './shape.ts';
import { filledScalarOf, parseScalar, scalarOf, type WrittenConfig } from './written.ts';

/** RFC 9110: visible ASCII, blanks and tabs. */
const HEADER_VALUE = /^[\t\x20-\x7e]*$/;

const HEADER_NAMES = Object.keys(SHAPE.http_server_config.headers) as readonly HeaderName[];

/** Of the others anything is allowed that HTTP allows. */
const PARSERS: { readonly [Name in HeaderName]?: (text: string) => string } = {
  'X-Frame-Options': oneOf(['deny', 'sameorigin']),
  'X-Content-Type-Options': oneOf(['nosniff']),
};

/** An empty header is one that is not given. Throws ConfigError. */
export function readHeaders(written: WrittenConfig): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  for (const name of HEADER_NAMES) {
    const scalar = filledScalarOf(written, `http_server_config.headers.${name}`);
    if (scalar !== undefined) headers[name] = parseScalar(scalar, PARSERS[name] ?? parseHeaderValue);
  }
  return Object.freeze(headers);
}

function parseHeaderValue(text: string): string {
  if (HEADER_VALUE.test(text)) return text;
  throw new ValueError('has a character that no HTTP header has', 'one line of ASCII');
}

/** Express does not speak HTTP/2: it is checked, and remarked upon. Throws ConfigError. */
export function readHttp2(written: WrittenConfig, notes: string[]): void {
  const scalar = scalarOf(written, 'http_server_config.http2');
  if (scalar === undefined) return;
  const isWanted = parseScalar(scalar, () => booleanOf(scalar));
  if (isWanted) notes.push(`${scalar.where}: HTTP/2 is not served; clients get HTTP/1.1`);
}
