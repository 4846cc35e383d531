// World 2 (the stand-in of owners and access lists): reading and setting them.

import { expect, test } from 'vitest';
import { FileSecurity } from '../../../src/windows-service/private-folder/file-security.ts';
import { describeOnFileSecurity, readCall, setCall } from './open-file-security.ts';

const FILE = 'C:\\Prögram data\\x';

describeOnFileSecurity('the owner and the access list of a file', (security, libraries, standin) => {
  const read = () => new FileSecurity(libraries).read(FILE);
  const set = (text = 'O:BAD:P(A;;FA;;;SY)') => new FileSecurity(libraries).set(FILE, text, 'inherits nothing');

  test('are read as text', () => {
    security.put(FILE, 'O:SYD:AI(A;ID;FA;;;SY)');
    expect(read()).toBe('O:SYD:AI(A;ID;FA;;;SY)');
    expect(standin.calls()).toEqual([readCall(FILE)]);
  });

  test('are set, for the file alone or besides what is inherited', () => {
    security.put(FILE, 'O:SYD:AI');
    set();
    expect(read()).toBe('O:BAD:P(A;;FA;;;SY)');
    new FileSecurity(libraries).set(FILE, 'O:BAD:', 'inherits');
    expect(read()).toBe('O:BAD:');
    expect(standin.calls().filter((call) => call.startsWith('Set'))).toEqual([
      setCall(FILE, 'O:BAD:P(A;;FA;;;SY)', 'inherits nothing'),
      setCall(FILE, 'O:BAD:', 'inherits'),
    ]);
  });

  test.each(['D:P', 'O:BA', 'G:BA'])('are never set by half: %s', (half) => {
    security.put(FILE, 'O:SYD:AI');
    expect(() => set(half)).toThrow(`${half} has no owner or no list`);
    expect(standin.calls()).toEqual([]);
  });

  test.each([
    ['GetNamedSecurityInfoW', `GetNamedSecurityInfoW(${FILE})`],
    [
      'ConvertSecurityDescriptorToStringSecurityDescriptorW',
      `ConvertSecurityDescriptorToStringSecurityDescriptorW(${FILE})`,
    ],
  ])('cannot be read when %s fails', (name, call) => {
    security.put(FILE, 'O:SYD:AI');
    security.fails(name, 5);
    expect(read).toThrow(`${call} failed: 5 (Access is denied.); run this as an administrator`);
    security.fails(name, 6);
    expect(read).toThrow(/failed: 6 \(0x0006\)$/);
  });

  test.each([
    ['ConvertStringSecurityDescriptorToSecurityDescriptorW', '(O:BAD:P(A;;FA;;;SY))'],
    ['GetSecurityDescriptorOwner', '(O:BAD:P(A;;FA;;;SY))'],
    ['GetSecurityDescriptorDacl', '(O:BAD:P(A;;FA;;;SY))'],
    ['SetNamedSecurityInfoW', `(${FILE})`],
  ])('cannot be set when %s fails', (name, shown) => {
    security.put(FILE, 'O:SYD:AI');
    security.fails(name, 5);
    expect(() => set()).toThrow(`${name}${shown} failed: 5 (Access is denied.); run this as an administrator`);
    expect(read()).toBe('O:SYD:AI');
  });

  test('are not there where there is no file', () => {
    expect(read).toThrow(`GetNamedSecurityInfoW(${FILE}) failed: 2 (0x0002)`);
    expect(() => set()).toThrow(`SetNamedSecurityInfoW(${FILE}) failed: 2 (0x0002)`);
  });
});
