// What may stand for a value in a web configuration, as it is written: of each kind, and what YAML takes for something else.
import { HASH, OTHER_HASH } from '../../config/web/cases.ts';

/** Scalars, and what nearly is one. Each begins behind a colon, or a dash. */
export const ODD_VALUES = [
  ...['', '~', 'null', 'NULL', 'nULL', '""', "''", '" "', '[]', '{}', '[~]', '-', '?', '=', '<<'],
  ...['true', 'True', 'tRUE', 'yes', 'y', 'on', 'off', 'No', 'N', 'FALSE', '"true"', "'yes'"],
  ...['0', '-0', '1', '+1', '-1', '007', '08', '0x1F', '0X1f', '-0x1', '0b11', '0b12', '-0b1', '0o17', '0o8'],
  ...['1_000', '_1', '1__0', '1_', '1.', '1.0', '1.5', '.5', '-1.5', '1e3', '1E+3', '1e-3', '1e30', '1.5_0', '0x1p4'],
  ...['.inf', '-.INF', '.nan', '9223372036854775807', '9223372036854775808', '-9223372036854775809', '1e18', '1e19'],
  ...['2001-01-01', '2001-01-01T00:00:00Z', '12:30', '190:20:30', '1,000', '0.0', '-0.0', '0s', '00', '١'],
  ...[
    '1s',
    '1m30s',
    '1.5h',
    '.5s',
    '5.s',
    '10us',
    '10µs',
    '10μs',
    '3ns',
    '1d',
    '1 s',
    's',
    '+2s',
    '-2s',
    '1h-1m',
    '1S',
  ],
  ...['"1s"', '99999999h', 'text', 'two words', "it's", "'a''b'", 'ä', 'a #comment', 'a#b', 'a:b', 'a: b', 'a, b'],
  ...[
    '"a\\u0041\\n"',
    '"\\q"',
    '"unclosed',
    "'unclosed",
    '@at',
    '`tick',
    '%percent',
    '!bang',
    '[1',
    '{a',
    ']',
    '}',
    ',',
  ],
  ...['!!str 1', '!!str', '!!int 1', '!!int "1"', '!!int x', '!!float 1', '!!bool true', '!!bool "yes"', '!!null ""'],
  ...[
    '!!null x',
    '!!binary MXM=',
    '!own x',
    '!!str true',
    '!!timestamp 2001-01-01',
    '! 1',
    '!<tag:yaml.org,2002:str> 1',
  ],
  ...[
    '&a 1',
    '&b text',
    '&c',
    '*a',
    '*b',
    '*nobody',
    '|\n      block',
    '>-\n      two\n      lines',
    '|2\n      x',
    '|+',
  ],
] as const;

export const BOOLEANS = [
  ...['true', 'True', 'TRUE', 'yes', 'Yes', 'YES', 'on', 'On', 'ON', 'y', 'Y'],
  ...['false', 'False', 'FALSE', 'no', 'No', 'NO', 'off', 'Off', 'OFF', 'n', 'N'],
] as const;
export const DURATIONS = [
  '0',
  '1s',
  '"1m30s"',
  '1.5h',
  '250ms',
  '0s',
  '1000000000',
  '-1s',
  '10µs',
  '1_000',
  '1e3',
  '.5m',
] as const;
export const BURSTS = ['0', '1', '20', '0x10', '1_000', '010', '3.7', '0b11', '+4', '0o17'] as const;
export const VERSIONS = ['TLS10', 'TLS11', 'TLS12', 'TLS13', '"TLS12"', 'TLS13', 'TLS14'] as const;
export const CLIENT_AUTH_TYPES = [
  ...['NoClientCert', 'RequestClientCert', 'RequireAnyClientCert', 'RequireClientCert'],
  ...['VerifyClientCertIfGiven', 'RequireAndVerifyClientCert', '""', 'None'],
] as const;
export const CIPHER_SUITES = [
  ...['TLS_AES_128_GCM_SHA256', 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256', 'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA'],
  ...['TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256', 'TLS_RSA_WITH_AES_128_CBC_SHA', 'TLS_ECDHE_RSA_WITH_RC4_128_SHA'],
] as const;
export const CURVES = ['X25519', 'CurveP256', 'CurveP384', 'CurveP521', '"X25519"', 'CurveP256', 'P256'] as const;
export const NAMES = ['scraper.test', '192.0.2.7', '1', 'true', '1.50', "'a'", '2001-01-01', '0x1F'] as const;
export const USER_NAMES = [
  'alice',
  'bob',
  '"a b"',
  '1',
  'true',
  'a.b',
  'ä',
  '01',
  '1.0',
  '0x1',
  'yes',
  '2001-01-01',
  '""',
] as const;
export const HASHES = [
  ...[HASH, OTHER_HASH, `"${HASH}"`, `'${OTHER_HASH}'`, HASH.replace('2b', '2a'), HASH.replace('05', '04')],
  ...[HASH.slice(0, -1), `${HASH}.`, HASH.replace('05', '32'), HASH.replace('2b', '2')],
] as const;
export const HEADERS = {
  'Content-Security-Policy': ["default-src 'self'", '"a, b; c"', '1', 'ä'],
  'X-Frame-Options': ['deny', 'sameorigin', '"deny"', 'DENY'],
  'X-Content-Type-Options': ['nosniff', "'nosniff'", 'sniff'],
  'X-XSS-Protection': ['0', '1; mode=block', '""'],
  'Strict-Transport-Security': ['max-age=31536000; includeSubDomains', 'true'],
} as const;
