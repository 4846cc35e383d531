// A landing page with something to say in every place, and its document as tags and texts.

import type { PartReport } from '../../../src/model/snapshot.ts';
import { type LandingPage, landingPage } from '../../../src/web/landing/page.ts';
import { exampleSamples } from '../../outputs/prometheus/example-samples.ts';

export const NOW_MS = Date.UTC(2026, 0, 2, 3, 4, 5, 678);

/** One part that was read, one in another way, and one that failed. */
export const PARTS = {
  tcp4: { durationMs: 1.26 },
  tcp6: { durationMs: 2, fallback: 'EPERM: read /proc/net/tcp6 instead' },
  udp4: { durationMs: 1000, error: { code: 'EACCES', message: 'cannot open /secret/place' } },
} as const satisfies Record<string, PartReport>;

export function freshPage(changes: Partial<LandingPage> = {}): LandingPage {
  return {
    build: { version: '1.2.3', revision: 'abcdef' },
    telemetryPath: '/metrics',
    hasLiveView: false,
    latest: { state: 'fresh', samples: { ...exampleSamples(), timestampMs: NOW_MS - 12_345, parts: PARTS } },
    push: { protocol: 'http/protobuf', last: { result: 'failure', endedMs: NOW_MS - 200_000 }, failedInARow: 3 },
    nowMs: NOW_MS,
    ...changes,
  };
}

export function exampleHtml(changes: Partial<LandingPage> = {}): string {
  return landingPage(freshPage(changes));
}

export interface Tag {
  /** `h1`, `/h1`, `!doctype`. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** A tag, or the text between two. Entities are decoded. */
export type Token = Tag | string;

const TAG = /<([!/]?[a-zA-Z][^\s>]*)((?:[^"'>]|"[^"]*"|'[^']*')*)>/g;
const ATTRIBUTE = /([^\s=]+)(?:="([^"]*)"|='([^']*)'|=([^\s"'>]+))?/g;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/** As a browser takes a document apart, as far as ours can go wrong. */
export function tokensOf(document: string): readonly Token[] {
  const tokens: Token[] = [];
  let end = 0;
  for (const match of document.matchAll(TAG)) {
    const [tag, name = '', attributes = ''] = match;
    tokens.push(decode(document.slice(end, match.index)), { name: name.toLowerCase(), attributes: read(attributes) });
    end = match.index + tag.length;
  }
  return [...tokens, decode(document.slice(end))];
}

export function tagsOf(document: string): readonly Tag[] {
  return tokensOf(document).filter((token) => typeof token !== 'string');
}

/** What a reader sees, without the layout. */
export function textOf(document: string): string {
  const body = document.slice(document.indexOf('<body>'));
  const texts = tokensOf(body).filter((token) => typeof token === 'string');
  return texts.join(' ').replace(/\s+/g, ' ').trim();
}

function read(attributes: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Array.from(attributes.matchAll(ATTRIBUTE), ([, name, double, single, bare]) => [
      name,
      decode(double ?? single ?? bare ?? ''),
    ]),
  );
}

function decode(text: string): string {
  return text.replace(/&(\w+|#39);/g, (entity, name) => ENTITIES[name] ?? entity);
}
