// Queries that no page and no person asks of the live view, by fast-check; the same ones for the same seed.
import fc from 'fast-check';

/** As long as a target can be, with room for the headers. */
const MAX_QUERY_LENGTH = 15_000;
const PATHS = ['/live', '/api/v1/endpoints', '/api/v1/endpoints.csv', '/api/v1/summary', '/api/v1/', '/live/'] as const;
const NAMES = [
  ...['protocol', 'state', 'process', 'service', 'port', 'remote', 'search', 'sort', 'order', 'offset', 'limit'],
  ...['changes', 'queries', 'collection', 'by'],
] as const;
/** Each is right for one of the names. */
const VALUES = [
  ...['tcp', 'udp,tcp', 'listen', 'CLOSE_WAIT', 'nginx', '*', '', '443', '8000-9000', '10.0.0.0/8', '[::1]:443'],
  ...['pid', 'asc', '0', '1', 'true', 'process', 'port', 'destination', 'remote-address'],
] as const;
const HOSTILE = [
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', '\0', '\r\nX-Split: 1', '<script>', '=1+1', '\u202e'],
  ...['💥', '../../etc/passwd', '9'.repeat(400), '1e9', '-1', 'NaN', '0x10', '٣', '*a'.repeat(500), ','.repeat(1_000)],
  ...[' '.repeat(900), 'a '.repeat(500), '[::1', '1.2.3.4/99', '::/129', ':0', 'fe80::1%eth0', '::ffff:1.2.3.4/0'],
  ...['1-65535,'.repeat(120), `${'1-65535,'.repeat(120)}1`, '[[[', '(((a+)+)+)$', '%', '"', '\\', '&', '#'],
] as const;

const hostile = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ maxLength: 200 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
);
const name = fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...NAMES) }, { weight: 1, arbitrary: hostile });
const value = fc.oneof(fc.constantFrom(...VALUES), hostile);
/** Some with percent signs that stand for nothing, some with bytes that are no UTF-8. */
const encoding = fc.constantFrom(encodeAll, encodeAll, encodeAll, encodeSome, encodeBytes);
const parameter = fc.tuple(name, value, encoding).map(([key, text, encode]) => `${encode(key)}=${encode(text)}`);
const repeated = fc
  .tuple(parameter, fc.constantFrom(2, 33, 1_000, 5_000))
  .map(([text, count]) => Array.from({ length: count }, () => text).join('&'));
const query = fc.oneof(
  { weight: 6, arbitrary: fc.array(parameter, { maxLength: 6 }).map((all) => all.join('&')) },
  { weight: 1, arbitrary: repeated },
);

/** So many targets, a path and a query each. */
export function hostileTargets(seed: number, count: number): readonly string[] {
  const target = fc
    .tuple(fc.constantFrom(...PATHS), query)
    .map(([path, text]) => `${path}?${text.slice(0, MAX_QUERY_LENGTH)}`);
  return fc.sample(target, { seed, numRuns: count });
}

function encodeAll(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

/** What an HTTP client would not let through, and no percent sign. */
function encodeSome(text: string): string {
  return text.replace(/[^!-~]/gu, encodeAll);
}

function encodeBytes(text: string): string {
  return text.replace(
    /[^a-z0-9]/giu,
    (character) => `%${(character.charCodeAt(0) & 0xff).toString(16).padStart(2, '0')}`,
  );
}
