// World 2 (the ABI stand-in): strings that COM gives, and what its failures become. Objects and values: ../wmi/query.test.ts.

import { afterEach, expect, test } from 'vitest';
import { PartFailure } from '../../../../src/sources/parts.ts';
import { Com, MAX_STRING_UNITS } from '../../../../src/sources/windows/com/com.ts';
import { NOTHING_LEFT } from '../../../worlds/standin/com.ts';
import { describeOnCom } from './open-com.ts';

const failure = (call: string, result: number) => new PartFailure('failed', `${call} returned ${result}`);

describeOnCom('COM', (script, libraries) => {
  /** Lets COM give this text, as a method does that puts a BSTR into a word. */
  function readBack(com: Com, text: string): string {
    return com.text('get_Name', (word) => {
      word[0] = com.string(text).address;
    });
  }

  afterEach(() => {
    expect(script.leftovers()).toEqual(NOTHING_LEFT);
  });

  test.each(['netstat-exporter', 'żółć 装置 🧱', '', 'a\u0001b'])('gives the text %j, and frees it', (text) => {
    using com = new Com(libraries, failure);
    expect(readBack(com, text)).toBe(text);
    expect(script.leftovers().strings).toBe(0);
  });

  test('gives no string for an empty text', () => {
    using com = new Com(libraries, failure);
    expect(com.text('get_Name', () => {})).toBe('');
  });

  test('gives a text as long as the limit, and frees one that is longer without reading it', () => {
    using com = new Com(libraries, failure);
    const longest = 'x'.repeat(MAX_STRING_UNITS);
    expect(readBack(com, longest)).toBe(longest);
    expect(() => readBack(com, `${longest}x`)).toThrow(
      new PartFailure('malformed', 'get_Name is a string of 32768 units; the limit is 32767'),
    );
  });

  test('frees nothing where the call for a text failed', () => {
    using com = new Com(libraries, failure);
    const read = () =>
      com.text('get_Name', (word) => {
        word[0] = 8n;
        com.succeeded('get_Name', 0x8000_4001);
      });
    expect(read).toThrow(new PartFailure('failed', 'get_Name returned 2147500033'));
  });

  test('fails with what its user makes of a code, the least that is a failure included', () => {
    using com = new Com(libraries, failure);
    for (const result of [0, 1, 0x7fff_ffff]) com.succeeded('Next', result);
    expect(() => com.succeeded('Next', 0x8000_0000)).toThrow(new PartFailure('failed', 'Next returned 2147483648'));
  });

  test('that cannot be initialized fails with that, and is not left', () => {
    script.step('CoInitializeEx', 0x8001_0106);
    expect(() => new Com(libraries, failure)).toThrow('CoInitializeEx(COINIT_MULTITHREADED) returned 2147549446');
  });
});
