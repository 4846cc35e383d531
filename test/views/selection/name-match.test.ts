// World: none. Names as a person asks for them.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { imageTest, nameTest } from '../../../src/views/selection/name-match.ts';

describe('a pattern', () => {
  it.each([
    ['nginx', 'NGINX', true],
    ['NGINX', 'nginx', true],
    ['nginx', 'nginx2', false],
    ['ng*x', 'nginx', true],
    ['*inx', 'nginx', true],
    ['ng*', 'nginx', true],
    ['*', '', true],
    ['', '', true],
    ['', 'a', false],
    ['a*a', 'a', false],
    ['a*b*a', 'aba', true],
    ['a*bc*c', 'abc', false],
    ['**a**', 'bab', true],
    ['a.c', 'abc', false],
    ['w3wp.exe[*]', 'w3wp.exe[DefaultAppPool]', true],
    ['(a+)+$', '(a+)+$', true],
  ])('%j and the name %j: %s', (pattern, name, isMeant) => {
    expect(nameTest(pattern)(name)).toBe(isMeant);
  });

  it('means what a regular expression means by it', () => {
    const anyText = fc.string({ unit: fc.constantFrom(...'abB*'), maxLength: 8 });
    const anyName = fc.string({ unit: fc.constantFrom(...'abB'), maxLength: 8 });
    fc.assert(
      fc.property(anyText, anyName, (pattern, name) => {
        expect(nameTest(pattern)(name)).toBe(new RegExp(`^${pattern.replaceAll('*', '.*')}$`, 'i').test(name));
      }),
      { numRuns: 2_000 },
    );
  });

  it('that would make a regular expression try for ever ends all the same', () => {
    expect(nameTest('a*'.repeat(500))(`${'a'.repeat(499)}b`)).toBe(false);
  });
});

describe('a pattern for images', () => {
  it.each([
    ['nginx', 'nginx.exe', true],
    ['nginx', 'NGINX.EXE', true],
    ['nginx.exe', 'nginx.exe', true],
    ['nginx.exe', 'nginx', false],
    ['ng*x', 'nginx.exe', true],
    ['nginx', 'nginx.exe.exe', false],
    ['', '.exe', true],
  ])('%j and the image %j: %s', (pattern, name, isMeant) => {
    expect(imageTest(pattern)(name)).toBe(isMeant);
  });
});
