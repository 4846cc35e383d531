// World: none. The colours of the live view: each text can be read on each background, in both schemes.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { STYLE as LANDING_STYLE } from '../../src/web/landing/style.ts';
import { contrast, LEAST_CONTRAST } from '../support/contrast.ts';

type Colours = ReadonlyMap<string, string>;

const folder = new URL('../../src/live-view/styles/', import.meta.url);
const STYLE = readdirSync(folder)
  .map((file) => readFileSync(new URL(file, folder), 'utf8'))
  .join('\n');

function schemes(style: string): readonly Colours[] {
  return Array.from(style.matchAll(/:root \{([^}]*)\}/g), ([, body = '']): Colours => {
    const variables = body.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g);
    return new Map(Array.from(variables, ([, name = '', colour = '']) => [name, colour]));
  });
}

const [light, dark] = schemes(STYLE);
const rules = STYLE.replaceAll(/:root \{[^}]*\}/g, '');

test('every colour is a variable, and both schemes have all of them', () => {
  expect(rules).not.toMatch(/#[0-9a-f]{3,6}\b|rgb|hsl|oklch|opacity/i);
  const backgrounds = new Set(Array.from(rules.matchAll(/background: var\(--([\w-]+)\)/g), ([, name]) => name));
  const known = [
    'page',
    'panel',
    'selected',
    ...['new', 'changed', 'closed'].flatMap((name) => [name, `${name}-flash`]),
  ];
  expect([...backgrounds].toSorted()).toEqual(known.toSorted());
  expect([...(dark?.keys() ?? [])]).toEqual([...(light?.keys() ?? [])]);
});

test('what the landing page has too looks the same', () => {
  for (const [index, landing] of schemes(LANDING_STYLE).entries())
    for (const [name, colour] of landing) {
      const here = [light, dark][index]?.get(name);
      if (here !== undefined) expect(`${name} ${here}`).toBe(`${name} ${colour}`);
    }
});

describe.each([
  ['light', light],
  ['dark', dark],
] as const)('in the %s scheme', (_, colours) => {
  const others = [...(colours?.keys() ?? [])].filter(
    (name) => !['text', 'faint', 'line', 'link', 'bad'].includes(name),
  );
  // Rows, buttons and fields have the colour of text alone.
  const pairs = [
    ...others.map((background) => ['text', background] as const),
    ...['faint', 'link', 'bad'].flatMap((text) => ['page', 'panel'].map((background) => [text, background] as const)),
  ];

  test('there are these to look at', () => {
    expect(others).toHaveLength(9);
  });

  test.each(pairs)('%s can be read on %s', (text, background) => {
    expect(contrast(colours?.get(text) ?? '', colours?.get(background) ?? '')).toBeGreaterThan(LEAST_CONTRAST);
  });
});
