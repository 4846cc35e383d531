// World: none. The colours of the landing page: each text can be read on each background, in both schemes.
import { describe, expect, test } from 'vitest';
import { STYLE } from '../../../src/web/landing/style.ts';

/** Of normal text: WCAG 2.2, 1.4.3. */
const LEAST_CONTRAST = 4.5;

type Colours = ReadonlyMap<string, string>;

const [light, dark] = Array.from(STYLE.matchAll(/:root \{([^}]*)\}/g), ([, body = '']): Colours => {
  const variables = body.matchAll(/--(\w+): (#[0-9a-f]{6});/g);
  return new Map(Array.from(variables, ([, name = '', colour = '']) => [name, colour]));
});

/** The names of the variables that these properties have in the rules. */
function used(properties: RegExp): readonly string[] {
  const names = Array.from(STYLE.matchAll(/[{;] ?([\w-]+): [^;]*var\(--(\w+)\)/g), ([, property = '', name = '']) =>
    properties.test(property) ? [name] : [],
  );
  return [...new Set(names.flat())];
}

/** WCAG 2.2, "contrast ratio": 1 to 21. */
function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

/** WCAG 2.2, "relative luminance". */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

test('contrast is what WCAG says it is', () => {
  expect(contrast('#000000', '#ffffff')).toBe(21);
  expect(contrast('#ffffff', '#777777')).toBeCloseTo(4.478, 3);
});

test('every colour is a variable, and both schemes have all of them', () => {
  const rules = STYLE.replaceAll(/:root \{[^}]*\}/g, '');
  expect(rules).not.toMatch(/#[0-9a-f]{3}|rgb|hsl|oklch|opacity/i);
  for (const [, value] of rules.matchAll(/(?<![\w-])(?:color|background): ([^;]*)/g)) expect(value).toMatch(/^var\(--/);
  expect([...(dark?.keys() ?? [])]).toEqual([...(light?.keys() ?? [])]);
  expect(STYLE).toContain('@media screen and (prefers-color-scheme: dark)');
});

describe.each([
  ['light', light],
  ['dark', dark],
] as const)('in the %s scheme', (_, colours) => {
  // The outline is what shows the focus; 3:1 would do for it.
  const texts = used(/^(?:color|outline)$/);
  const backgrounds = used(/^background$/);

  test('there are these to look at', () => {
    expect(texts.toSorted()).toEqual(['bad', 'faint', 'good', 'link', 'text']);
    expect(backgrounds.toSorted()).toEqual(['page', 'panel']);
  });

  test.each(texts.flatMap((text) => backgrounds.map((background) => [text, background] as const)))(
    '%s can be read on %s',
    (text, background) => {
      expect(contrast(colours?.get(text) ?? '', colours?.get(background) ?? '')).toBeGreaterThan(LEAST_CONTRAST);
    },
  );
});
