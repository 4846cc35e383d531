// Values that have broken servers, or could: of methods, versions, headers, TLS records.

/** What fits below the limit of all headers together: the longest that reaches a parser of ours. */
const LONG = 15_000;

export const METHODS = [
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'DELETE',
  'OPTIONS',
  'TRACE',
  'PATCH',
  'CONNECT',
  'PURGE',
  'QUERY',
  'M-SEARCH',
  'SOURCE',
  'DESCRIBE',
  'PRI',
  'get',
  'GETGET',
  'G ET',
  '',
  'x'.repeat(300),
  '__proto__',
  '\x00GET',
  '\r\nGET',
] as const;

export const VERSIONS = [
  'HTTP/1.1',
  'HTTP/1.1',
  'HTTP/1.1',
  'HTTP/1.0',
  'HTTP/0.9',
  'HTTP/2.0',
  'HTTP/9.9',
  'HTTP/1.',
  'HTTP/11',
  'http/1.1',
  'RTSP/1.0',
  'ICE/1.0',
  '',
  'HTTP/1.1 ',
  ' HTTP/1.1',
  '\t',
] as const;

/** Also for Accept-Encoding. */
export const ACCEPTS = [
  '*/*',
  'text/plain',
  'application/openmetrics-text; version=1.0.0',
  'gzip',
  'gzip;q=0',
  '*;q=0',
  'identity',
  '',
  'text/plain;q=0, application/openmetrics-text;q=0',
  'gzip;q=1e9',
  'gzip;q=-1',
  'gzip;q=NaN',
  'text/plain;version="0.0.4',
  '__proto__',
  'constructor;q=1',
  'text/*;q=0.5,*/*;q=0.1',
  ...[
    ',',
    ';',
    '=',
    '"',
    ' ',
    '\t',
    'a,',
    'a;',
    'q=1;',
    ';q=0,',
    '*/*,',
    'gzip,',
    'a;b="',
    '";"',
    ' ,',
    '; ',
    'a/b;c=d;q=0.1, ',
  ].map((piece) => piece.repeat(LONG / piece.length)),
  `text/plain${' '.repeat(LONG)};q=1`,
  `text/plain;version=${'"'.repeat(LONG)}x`,
] as const satisfies readonly [string, ...string[]];

export const SCRAPE_TIMEOUTS = [
  '10',
  '0',
  '0.1',
  '-1',
  '1e9',
  '1e-9',
  'Infinity',
  'NaN',
  '',
  ' ',
  '0x10',
  '1,5',
  '1.',
  '.5',
  '10s',
  '10, 20',
  '9'.repeat(400),
  `${'9'.repeat(LONG)}x`,
  `1.${'0'.repeat(LONG)}`,
  `${'1.'.repeat(LONG / 2)}`,
  '__proto__',
  '\u0661',
] as const;

const encode = (text: string): string => Buffer.from(text, 'latin1').toString('base64');
export const AUTHORIZATIONS = [
  '',
  'Basic',
  'Basic ',
  'Basic =',
  'Basic ====',
  'Basic a',
  'Basic !!!!',
  'Bearer x',
  'Digest username="a"',
  'Negotiate',
  `Basic ${encode('nobody')}`,
  `Basic ${encode(':')}`,
  `Basic ${encode('__proto__:x')}`,
  `Basic ${encode('constructor:')}`,
  `Basic ${encode('a:\x00\xff\xfe')}`,
  `Basic ${encode('alice:')}`,
  `Basic ${encode(`alice:${'x'.repeat(72)}`)}`,
  `Basic ${encode(`alice:${'x'.repeat(3_000)}`)}`,
  `Basic ${encode(`${'u'.repeat(3_000)}:x`)}`,
  `Basic ${'A'.repeat(LONG)}`,
  `Basic${' '.repeat(LONG)}`,
  `Basic ${'='.repeat(LONG)}`,
  `Basic ${' '.repeat(LONG / 2)}${'A'.repeat(LONG / 2)}!`,
  `Basic ${encode('a:b')}, Basic ${encode('c:d')}`,
  `Basic ${encode('a:b')}\r\nAuthorization: Basic ${encode('c:d')}`,
] as const;

/** A record's head (RFC 8446, 5.1): type, version, length. Random bytes follow. */
export const TLS_RECORDS = [
  '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', // a ClientHello
  '\x16\x03\x01\x00\x05\x01\x00\x00\x01\x00', // one that is too short
  '\x16\x03\x03\xff\xff', // longer than a record can be
  '\x16\x03\x01\x00\x00', // empty
  '\x15\x03\x03\x00\x02\x02\x28', // an alert
  '\x14\x03\x03\x00\x01\x01', // ChangeCipherSpec, before anything
  '\x17\x03\x03\x00\x20', // data, before anything
  '\x80\x2e\x01\x00\x02\x00\x15\x00\x00\x00\x10', // SSL 2
  '\x16\xfe\xff\x00\x10', // of DTLS
] as const;
