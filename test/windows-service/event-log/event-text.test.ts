// World: none. What the event log gets of a text.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { eventText, MAX_EVENT_UNITS } from '../../../src/windows-service/event-log/event-text.ts';

describe('the text of an event', () => {
  test('is the text', () => {
    expect(eventText('level=info msg="listening" address=[::]:9099')).toBe(
      'level=info msg="listening" address=[::]:9099',
    );
  });

  test.each([
    ['fe80::1%1', 'fe80::1% 1'],
    ['fe80::1%eth0', 'fe80::1%eth0'],
    ['%%15 of it', '%% 15 of it'],
    ['100%', '100%'],
    ['%1%2', '% 1% 2'],
  ])('has no %s, which the event viewer would replace', (text, shown) => {
    expect(eventText(text)).toBe(shown);
  });

  test('is as long as Windows takes it', () => {
    const longest = 'x'.repeat(31_839);
    expect(eventText(longest)).toBe(longest);
    expect(eventText(`${longest}x`)).toBe(`${'x'.repeat(31_838)}…`);
  });

  test('is cut so that what is said behind it fits', () => {
    const text = eventText('x'.repeat(40_000), ' (2 more)');
    expect(text).toHaveLength(31_839);
    expect(text).toMatch(/x… \(2 more\)$/);
  });

  test('is not cut within a character', () => {
    const text = eventText(`${'x'.repeat(31_837)}😀😀`);
    expect(text).toBe(`${'x'.repeat(31_837)}…`);
    expect(eventText(`${'x'.repeat(31_836)}😀😀`)).toBe(`${'x'.repeat(31_836)}😀…`);
  });

  test('keeps what fits, whatever it is', () => {
    const long = fc
      .tuple(fc.string({ unit: 'binary' }), fc.nat(20), fc.string({ unit: 'binary' }))
      .map(([head, room, tail]) => `${head}${'😀'.repeat((MAX_EVENT_UNITS - room) / 2)}${tail}`);
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), long), fc.constantFrom('', ' (1 more)'), (text, behind) => {
        const shown = eventText(text, behind);
        expect(shown.length).toBeLessThanOrEqual(MAX_EVENT_UNITS);
        expect(shown.endsWith(behind)).toBe(true);
        expect(shown).not.toMatch(/%\d/);
        expect(shown.isWellFormed()).toBe(text.isWellFormed() || !shown.isWellFormed());
        const own = shown.slice(0, shown.length - behind.length);
        const whole = text.replace(/%(\d)/g, '% $1');
        if (own !== whole) expect(whole.startsWith(own.replace(/…$/, ''))).toBe(true);
        // Cutting costs no more than the ellipsis and half of a character.
        if (own !== whole) expect(shown.length).toBeGreaterThanOrEqual(MAX_EVENT_UNITS - 1);
        // What was shortened once is not shortened again.
        expect(eventText(eventText(text), behind)).toBe(shown);
      }),
    );
  });
});
