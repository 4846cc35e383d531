// World: none. The landing page's document: one that assistive technology can read, whatever stands in it.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LandingPage } from '../../../src/web/landing/page.ts';
import { exampleSamples } from '../../outputs/prometheus/example-samples.ts';
import { exampleHtml, type Tag, tagsOf, textOf, tokensOf } from './example.ts';

const PAGES: readonly (readonly [string, string])[] = [
  ['with all there is', exampleHtml()],
  ['before the first collection, without a push', exampleHtml({ latest: { state: 'pending' }, push: undefined })],
  ['with an old collection', exampleHtml({ latest: { state: 'stale' } })],
];
const VOID = ['!doctype', 'meta', 'link'];

/** The tags with this name, or this attribute where it begins with a dot. */
function find(html: string, name: string): readonly Tag[] {
  return tagsOf(html).filter((tag) => tag.name === name || (name[0] === '.' && name.slice(1) in tag.attributes));
}

describe.each(PAGES)('the document %s', (_, html) => {
  test('closes every element that it opens, in order', () => {
    const open: string[] = [];
    for (const { name } of tagsOf(html)) {
      if (VOID.includes(name)) continue;
      if (name.startsWith('/')) expect(open.pop()).toBe(name.slice(1));
      else open.push(name);
    }
    expect(open).toEqual([]);
  });

  test('tells its language, and scales with the screen and the reader', () => {
    expect(html).toMatch(/^<!DOCTYPE html>\n<html lang="en">/);
    expect(html).toContain('<meta name="viewport" content="width=device-width, initial-scale=1">');
    expect(html).toContain('<title>netstat-exporter</title>');
  });

  test('has its landmarks, and one first heading with the others one step below', () => {
    for (const landmark of ['header', 'nav', 'main', 'footer']) expect(find(html, landmark)).toHaveLength(1);
    const headings = tagsOf(html).filter(({ name }) => /^h\d$/.test(name));
    expect(headings.map(({ name }) => name)).toEqual(['h1', 'h2', 'h2', 'h2']);
  });

  test('names each region by a heading, and no two ids are alike', () => {
    const ids = find(html, '.id').map(({ attributes }) => attributes['id']);
    expect(new Set(ids).size).toBe(ids.length);
    const regions = tagsOf(html).filter(({ name }) => name === 'section' || name === 'nav');
    expect(regions.map(({ attributes }) => attributes['aria-labelledby'])).toEqual(ids);
  });

  test('has no script, no inline style or handler, and loads nothing', () => {
    expect(find(html, 'script')).toEqual([]);
    const attributes = tagsOf(html).flatMap((tag) => Object.keys(tag.attributes));
    expect(attributes.filter((name) => /^(?:style|on.*|src.*|action|data|background)$/.test(name))).toEqual([]);
    expect(find(html, 'link').map((tag) => tag.attributes)).toEqual([{ rel: 'icon', href: 'data:,' }]);
    expect(html).not.toMatch(/url\(|@import|http:|https:/);
  });
});

test('the table has a caption, and headings for its columns and rows', () => {
  const html = exampleHtml();
  expect(find(html, 'caption')).toHaveLength(1);
  expect(find(html, 'th').map(({ attributes }) => attributes['scope'])).toEqual([
    ...['col', 'col', 'col'],
    ...['row', 'row', 'row'],
  ]);
});

test('words stand beside each colour that says something', () => {
  const tokens = tokensOf(exampleHtml());
  const coloured = tokens.flatMap((token, i) =>
    typeof token !== 'string' && /good|bad/.test(token.attributes['class'] ?? '') ? [tokens[i + 1]] : [],
  );
  expect(coloured).toEqual(['1 failed', 'read', 'failed: EACCES', 'failed']);
});

/** Mostly what could end a text, a tag or an attribute. */
const anyText = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'<>"\'&/=!-# ;`a\n\0', '&lt;', '</style>', '<!--') }),
  fc.string({ unit: 'binary' }),
);

const anyPage = fc.record({
  build: fc.record({ version: anyText, revision: anyText }),
  telemetryPath: anyText.map((text) => `/${text}`),
  code: anyText,
});

function pageOf({ build, telemetryPath, code }: { code: string } & Pick<LandingPage, 'build' | 'telemetryPath'>) {
  const parts = { tcp4: { durationMs: 1, error: { code, message: code } } };
  return exampleHtml({ build, telemetryPath, latest: { state: 'fresh', samples: { ...exampleSamples(), parts } } });
}

const names = (html: string) => tagsOf(html).map(({ name, attributes }) => [name, ...Object.keys(attributes)]);
const squeezed = (text: string) => text.replace(/\s+/g, ' ').trim();

test('no text from elsewhere changes the document, and each can be read as it is', () => {
  const expected = names(pageOf({ build: { version: '1', revision: 'a' }, telemetryPath: '/m', code: 'E' }));
  fc.assert(
    fc.property(anyPage, (texts) => {
      const html = pageOf(texts);
      expect(names(html)).toEqual(expected);
      expect(find(html, 'a')[0]?.attributes['href']).toBe(`.${texts.telemetryPath}`);
      const { version, revision } = texts.build;
      expect(textOf(html)).toContain(squeezed(`Version ${version}, revision ${revision}. This page`));
      expect(textOf(html)).toContain(squeezed(`failed: ${texts.code}`));
    }),
  );
});
