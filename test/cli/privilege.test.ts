import { expect, it } from 'vitest';
import { hasNeededCapabilities } from '../../src/cli/privilege.ts';

it.each([
  ['all of them', '000001ffffffffff', true],
  ['just these', '0000000000080004', true],
  ['one of the two', '0000000000080000', false],
  ['the other one', '0000000000000004', false],
  ['none', '0000000000000000', false],
])('of the capabilities a process has %s', (_what, mask, enough) => {
  expect(hasNeededCapabilities(`Name:\tnode\nCapPrm:\t0000000000000000\nCapEff:\t${mask}\nCapBnd:\t0\n`)).toBe(enough);
});

it('where the kernel does not say, nothing is missed', () => {
  expect(hasNeededCapabilities('Name:\tnode\n')).toBe(true);
});
