// World: none. What is said of a call that failed; the texts come from a function in the place of Windows.

import { describe, expect, test } from 'vitest';
import { PartFailure } from '../../../src/sources/parts.ts';
import { type Kernel32, loadKernel32 } from '../../../src/sources/windows/bindings.ts';
import { callFailure } from '../../../src/sources/windows/call-failure.ts';

/** Nothing of it can be called but FormatMessageW. */
function kernel32With(formatMessage: Kernel32['formatMessage']): Kernel32 {
  return { ...loadKernel32('/nowhere/absent.dll'), formatMessage };
}

/** Gives a text, as far as it fits, and says that it had so many units. */
function textOf(text: string, units = text.length): Kernel32 {
  return kernel32With((_flags, _source, _code, _language, buffer) => {
    for (let unit = 0; unit < Math.min(text.length, buffer.length); unit++) buffer[unit] = text.charCodeAt(unit);
    return units;
  });
}

describe('the failure of a call', () => {
  test('has the code, and the text of the system', () => {
    const failure = callFailure(textOf('Access is denied.\r\n'), 'Call(1)', 5);
    expect(failure).toEqual(new PartFailure('5', 'Call(1) failed: 5 (Access is denied.)'));
  });

  test('has what else there is to know', () => {
    expect(callFailure(textOf('Full.'), 'Call', 5, 'given up').message).toBe('Call failed: 5 (Full.); given up');
  });

  test.each([
    [0xffff, '65535', '65535 (0xFFFF)'],
    [0x1_0000, '0x10000', '0x10000'],
    [0xc000_0001, '0xC0000001', '0xC0000001'],
    [5, '5', '5 (0x0005)'],
  ])('shows the code %i as %s, and without a text in hexadecimal', (code, label, shown) => {
    expect(callFailure(textOf(''), 'Call', code)).toEqual(new PartFailure(label, `Call failed: ${shown}`));
  });

  test('asks for the text of that code in the language of the system, in a buffer of the size that it tells', () => {
    const asked: unknown[][] = [];
    const kernel32 = kernel32With((flags, source, code, language, buffer, units, inserts) => {
      asked.push([flags, source, code, language, buffer.length, units, inserts]);
      return 0;
    });
    callFailure(kernel32, 'Call', 87);
    expect(asked).toEqual([[0x1200, null, 87, 0, 1024, 1024, null]]);
  });

  test('has no more of the text than there is room for, whatever Windows says', () => {
    expect(callFailure(textOf('x'.repeat(2000), 4000), 'Call', 5).message).toBe(`Call failed: 5 (${'x'.repeat(1024)})`);
  });

  test('has the code alone where the text cannot be asked for', () => {
    expect(callFailure(loadKernel32('/nowhere/absent.dll'), 'Call', 5).message).toBe('Call failed: 5 (0x0005)');
  });

  test('does not hide a mistake of the program', () => {
    const broken = kernel32With(() => {
      throw new TypeError('not a function');
    });
    expect(() => callFailure(broken, 'Call', 5)).toThrow(TypeError);
  });
});
