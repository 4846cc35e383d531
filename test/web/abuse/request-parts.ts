// Parts of hostile requests: targets, headers, bodies' framing, chunks, and many requests at once.

import type { Random } from './random.ts';

const TARGETS = [
  '*',
  '//',
  '///',
  '//a:b/',
  '//[',
  'http://a/health',
  'http://a:99999999/health',
  'http://[bad/',
  'http://x:y:z/%',
  'http:',
  'http://',
  'https://a@b@c/metrics',
  'javascript:alert(1)',
  'file:///etc/passwd',
  'a.test:443',
  '/%',
  '/%00',
  '/%ff',
  '/%c0%ae%c0%ae/',
  '/..',
  '/../../etc/passwd',
  '/.%2e/',
  '/\\..\\',
  '/health#x',
  '#',
  '?',
  '/?',
  '/??',
  '/;',
  '/metrics;x',
  '/metrics/',
  '/METRICS',
  '/__proto__',
  '/constructor',
  '/-/',
  '/health?__proto__[x]=1',
  '/health?a[b][c]=d',
  '/\x7f',
  '/\xff',
  '/\t',
  '/ /',
  '/health\r\nX-Split: 1',
  '/health%0d%0aX-Split:%201',
] as const;
const GROUPS = [
  'statistics',
  'connections',
  'process',
  'exporter',
  'destination',
  'nothing',
  '',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '%00',
  '%ff',
  '%f0%9f%94%91',
  'HTTP/1.1%20200%20OK%0d%0a%0d%0a',
  '%3Cscript%3E',
  '"',
  '\\',
] as const;

export function target(random: Random): string {
  const kind = random.integer(5);
  if (kind === 0) return `/${'x'.repeat(random.pick([100, 8_000, 16_000, 16_384, 20_000, 100_000]))}`;
  if (kind === 1) return `/metrics?${query(random)}`;
  if (kind === 2) return `/${random.bytes(random.integer(60))}`;
  return random.pick(TARGETS);
}

function query(random: Random): string {
  const name = random.pick(['collect[]', 'collect%5B%5D', 'collect', '__proto__[]', 'name[]']);
  const group = (): string => `${name}=${random.pick(GROUPS)}`;
  const one = group();
  return random.pick([
    one,
    Array.from({ length: 8 }, group).join('&'),
    `${one}${'x'.repeat(15_000)}`,
    Array.from({ length: random.integer(1_500) }, () => 'collect[]=x').join('&'),
    Array.from({ length: random.integer(700) }, () => 'collect[]=statistics').join('&'),
    '&'.repeat(15_000),
    '='.repeat(15_000),
    '%'.repeat(15_000),
    '+'.repeat(15_000),
    `${one}&${random.bytes(100)}`,
  ]);
}

const NAMES = [
  'A',
  'Host',
  'Content-Length',
  'Connection',
  'Cookie',
  'X-Forwarded-For',
  '__proto__',
  'constructor',
  '',
  ' ',
  'A B',
  'A\x00',
  '\xff',
  ':',
  'Range',
  'If-None-Match',
  'Forwarded',
] as const;
const VALUES = [
  '',
  ' ',
  'x',
  '0',
  '\x00',
  '\x7f',
  '\xff',
  'close',
  'keep-alive',
  'a\rb',
  'bytes=0-',
  '*',
  'x'.repeat(1_000),
  ','.repeat(3_000),
  '"',
] as const;

export function headers(random: Random): string {
  const kind = random.integer(4);
  if (kind === 0) return 'A: b\r\n'.repeat(random.pick([90, 99, 100, 101, 1_000, 3_000]));
  if (kind === 1) return `A: ${'x'.repeat(random.pick([8_000, 16_000, 16_384, 20_000, 200_000]))}\r\n`;
  if (kind === 2) return `${random.bytes(random.integer(400))}\r\n`;
  const lines = Array.from({ length: 1 + random.integer(12) }, () => {
    return `${random.pick(NAMES)}${random.pick([': ', ': ', ':', ' : ', '', '\t:'])}${random.pick(VALUES)}${random.pick(['\r\n', '\r\n', '\n', '\r', '\r\n ', '\r\n\t'])}`;
  });
  return lines.join('');
}

const LENGTHS = [
  '5',
  '0',
  '+5',
  '-1',
  '5.0',
  '0x5',
  '1e3',
  ' 5 ',
  '5 5',
  '5, 5',
  '5, 6',
  '99999999999999999999',
  '',
  'a',
  '00005',
  '\t5',
] as const;
const ENCODINGS = [
  'chunked',
  'Chunked',
  'identity',
  'xchunked',
  'chunked, chunked',
  'chunked, gzip',
  'gzip, chunked',
  ' chunked',
  'chunked\x0b',
  '\tchunked',
  '"chunked"',
  '',
  'chunked\r\n , identity',
] as const;
const COLONS = [': ', ': ', ':', ' : ', ':\x0b', ':\r\n '] as const;
const ENDS_OF_LINE = ['\r\n', '\r\n', '\r\n', '\n', '\r'] as const;
const BODIES = ['', 'hello', '0\r\n\r\n', '5\r\nhello\r\n0\r\n\r\n'] as const;
/** What a server before or behind takes for a request of its own. */
const SMUGGLED = 'GET /version HTTP/1.1\r\nHost: x\r\n\r\n';

/** Two of the headers that say how long a body is, the body, and perhaps a request that hides in it. */
export function framing(random: Random): string {
  const line = (): string => {
    const end = random.pick(ENDS_OF_LINE);
    const colon = random.pick(COLONS);
    return random.chance(0.5)
      ? `Content-Length${colon}${random.pick(LENGTHS)}${end}`
      : `Transfer-Encoding${colon}${random.pick(ENCODINGS)}${end}`;
  };
  return `${line()}${line()}${random.pick(ENDS_OF_LINE)}${random.pick(BODIES)}${random.chance(0.5) ? SMUGGLED : ''}`;
}

const CHUNKS = [
  '5\r\nhello\r\n',
  '5;x=y\r\nhello\r\n',
  '5 \r\nhello\r\n',
  '5\nhello\n',
  '5\r\nhell',
  '-5\r\nhello\r\n',
  '0x5\r\nhello\r\n',
  'g\r\n',
  '\r\n',
  'ffffffffffffffff\r\n',
  'fffffffffffffffff\r\n',
  '5\r\nhelloX\r\n',
  '0\r\nHost: y\r\n\r\n',
  '0\r\nContent-Length: 1\r\n\r\n',
  '0\r\n\r\n',
  `5;${'x'.repeat(20_000)}\r\nhello\r\n`,
  `${'0'.repeat(1_000)}5\r\nhello\r\n`,
] as const;

export function chunkedBody(random: Random): string {
  return Array.from({ length: random.integer(8) }, () => random.pick(CHUNKS)).join('');
}

const PIPELINED = [2, 5, 20, 300] as const;

/** Hundreds of requests without waiting for an answer. */
export function pipeline(random: Random, credentials: string): string {
  const one = (): string => {
    const method = random.pick(['GET', 'GET', 'GET', 'HEAD', 'OPTIONS']);
    const path = random.pick(['/health', '/metrics', '/', '/none', '/version', '/-/healthy']);
    return `${method} ${path} HTTP/1.1\r\nHost: x\r\n${credentials}\r\n`;
  };
  const all = Array.from({ length: random.pick(PIPELINED) }, one).join('');
  return all + random.pick(['', '', 'garbage\r\n\r\n', 'GET', '\r\n\r\n\r\n', random.bytes(50)]);
}
