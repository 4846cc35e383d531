// What hostile clients send, by kinds; each attack follows from its number alone.

import { ACCEPTS, AUTHORIZATIONS, METHODS, SCRAPE_TIMEOUTS, TLS_RECORDS, VERSIONS } from './hostile-values.ts';
import { type Random, seeded } from './random.ts';
import { chunkedBody, framing, headers, pipeline, target } from './request-parts.ts';

/** `end`: its own side, once all is written. `reset`: at once. `leave`: as soon as anything comes back. */
export const ENDINGS = ['end', 'end', 'end', 'end', 'reset', 'leave'] as const;

export interface Attack {
  readonly name: string;
  /** A character is a byte. Each is written by itself. */
  readonly pieces: readonly string[];
  readonly ending: (typeof ENDINGS)[number];
  /** Goes to the port as it is, also where that expects TLS. */
  readonly beneathTls: boolean;
}

/** Header lines that let a request in; empty where all are. */
type Credentials = string;
type Kind = (random: Random, credentials: Credentials) => string;

/** The most bytes of garbage, and of what a mutation adds. */
const MAXIMUM_GARBAGE = 2_000;
const MAXIMUM_MUTATIONS = 8;

const KINDS = {
  garbage: (random) => random.bytes(random.integer(MAXIMUM_GARBAGE)),
  truncated: (random, credentials) => {
    const whole = plain(random, credentials);
    return whole.slice(0, random.integer(whole.length));
  },
  mutated: (random, credentials) => {
    let text = plain(random, credentials);
    for (let count = 1 + random.integer(MAXIMUM_MUTATIONS); count > 0; count -= 1) {
      const at = random.integer(text.length);
      text = text.slice(0, at) + random.bytes(random.integer(3)) + text.slice(at + random.integer(3));
    }
    return text;
  },
  method: (random, credentials) =>
    `${random.pick(METHODS)} ${target(random)} ${random.pick(VERSIONS)}\r\nHost: x\r\n${credentials}\r\n`,
  target: (random, credentials) => `GET ${target(random)} HTTP/1.1\r\nHost: x\r\n${credentials}\r\n`,
  headers: (random, credentials) => `GET /health HTTP/1.1\r\nHost: x\r\n${credentials}${headers(random)}\r\n`,
  framing: (random, credentials) => `POST /health HTTP/1.1\r\nHost: x\r\n${credentials}${framing(random)}`,
  chunks: (random, credentials) =>
    `POST / HTTP/1.1\r\nHost: x\r\n${credentials}Transfer-Encoding: chunked\r\n\r\n${chunkedBody(random)}`,
  pipeline: (random, credentials) => pipeline(random, credentials),
  accept: (random, credentials) =>
    scrape(credentials, `Accept: ${random.pick(ACCEPTS)}\r\nAccept-Encoding: ${random.pick(ACCEPTS)}\r\n`),
  timeout: (random, credentials) =>
    scrape(credentials, `X-Prometheus-Scrape-Timeout-Seconds: ${random.pick(SCRAPE_TIMEOUTS)}\r\n`),
  authorization: (random) =>
    scrape(random.chance(0.5) ? `Authorization: ${random.pick(AUTHORIZATIONS)}\r\n` : randomUser(random), ''),
  expectation: (random, credentials) =>
    scrape(
      credentials,
      random.pick(['Expect: 100-continue\r\n', 'Expect: x\r\n', 'Upgrade: h2c\r\nConnection: Upgrade\r\n']),
    ),
  tls: (random) => random.pick(TLS_RECORDS) + random.bytes(random.integer(600)),
} as const satisfies Record<string, Kind>;

export type KindName = keyof typeof KINDS;
const KIND_NAMES = Object.keys(KINDS) as [KindName, ...KindName[]];
/** Attacks of these send what a TLS server takes for broken TLS. */
const BENEATH_TLS: readonly KindName[] = ['garbage', 'tls'];

/** The same one for the same seed, number and credentials. */
export function attack(seed: number, number: number, credentials: Credentials = ''): Attack {
  const random = seeded(Math.imul(seed, 65_537) + number);
  const kind = random.pick(KIND_NAMES);
  const text = KINDS[kind](random, random.chance(0.8) ? credentials : '');
  return {
    name: `attack ${number} of seed ${seed} (${kind})`,
    pieces: cut(random, text),
    ending: random.pick(ENDINGS),
    beneathTls: BENEATH_TLS.includes(kind) && random.chance(0.5),
  };
}

const PAGES = ['/', '/metrics', '/health', '/version', '/-/healthy', '/-/ready', '/none'] as const;

function plain(random: Random, credentials: Credentials): string {
  const method = random.pick(['GET', 'HEAD', 'POST']);
  const body = method === 'POST' ? 'Content-Length: 5\r\n\r\nhello' : '\r\n';
  return `${method} ${random.pick(PAGES)} HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n${credentials}${body}`;
}

function scrape(credentials: Credentials, lines: string): string {
  return `GET /metrics HTTP/1.1\r\nHost: x\r\n${credentials}${lines}\r\n`;
}

function randomUser(random: Random): string {
  const pair = `${random.bytes(random.integer(40))}:${random.bytes(random.integer(120))}`;
  return `Authorization: Basic ${Buffer.from(pair, 'latin1').toString('base64')}\r\n`;
}

const MAXIMUM_PIECES = 6;

function cut(random: Random, text: string): readonly string[] {
  if (random.chance(0.6)) return [text];
  const places = Array.from({ length: random.integer(MAXIMUM_PIECES) }, () => random.integer(text.length + 1));
  const sorted = [0, ...places.toSorted((a, b) => a - b), text.length];
  return sorted.slice(1).map((end, index) => text.slice(sorted[index], end));
}
