// World 2 (the ABI stand-in): where the DLLs are loaded from.

import { expect, test } from 'vitest';
import { PartFailure } from '../../../src/sources/parts.ts';
import { systemLibraries } from '../../../src/sources/windows/libraries.ts';
import { describeOnStandin } from './open-standin.ts';

/** MAX_PATH. */
const MOST_UNITS = 260;

describeOnStandin('the DLLs of the system', (standin) => {
  const { kernel32 } = standin.libraries;

  test('are those in its own directory, by their full paths', () => {
    expect(systemLibraries(kernel32)).toEqual({
      kernel32,
      iphlpapi: 'C:\\Windows\\system32\\iphlpapi.dll',
      ntdll: 'C:\\Windows\\system32\\ntdll.dll',
      advapi32: 'C:\\Windows\\system32\\advapi32.dll',
      ole32: 'C:\\Windows\\system32\\ole32.dll',
      oleaut32: 'C:\\Windows\\system32\\oleaut32.dll',
    });
  });

  test.each([
    ['fails', 0],
    ['has a path that is too long', MOST_UNITS + 1],
  ])('are not looked for elsewhere when GetSystemDirectoryW %s', (_what, units) => {
    standin.directoryFailure(units);
    expect(() => systemLibraries(kernel32)).toThrow(new PartFailure('8', 'GetSystemDirectoryW failed: 8 (0x0008)'));
  });
});
