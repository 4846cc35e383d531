// World: none. The colours of the landing page: each text can be read on each background, in both schemes.
import { describe, expect, test } from 'vitest';
import { STYLE } from '../../../src/web/landing/style.ts';
import { contrast, LEAST_CONTRAST } from '../../support/contrast.ts';

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
