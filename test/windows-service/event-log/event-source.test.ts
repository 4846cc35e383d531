// World 2 (the ABI stand-in): the source of events in the registry.

import { afterEach, expect, test } from 'vitest';
import { PartFailure } from '../../../src/sources/parts.ts';
import { addEventSource, removeEventSource } from '../../../src/windows-service/event-log/event-source.ts';
import { scriptRegistry } from '../../worlds/service-standin/registry.ts';
import { describeOnServiceStandin } from '../open-standin.ts';

const KEY = 'SYSTEM\\CurrentControlSet\\Services\\EventLog\\Application\\netstat-exporter';
/** As it is recorded. */
const KEY_TEXT = KEY.replaceAll('\\', '\\\\');
const [REG_SZ, REG_EXPAND_SZ, REG_DWORD] = [1, 2, 4];
const MESSAGE_FILE = Buffer.from('%SystemRoot%\\System32\\EventCreate.exe\0', 'utf16le');
const TYPES = Buffer.from([7, 0, 0, 0]);

const CREATE = `RegCreateKeyExW(subkey="${KEY_TEXT}", options=0x0, access=0x102)`;
const SET_FILE = `RegSetValueExW(value="EventMessageFile", type=0x2, data=${MESSAGE_FILE.toString('hex')})`;
const SET_TYPES = 'RegSetValueExW(value="TypesSupported", type=0x4, data=07000000)';
const CLOSE = 'RegCloseKey()';

describeOnServiceStandin('the event source', (standin, libraries) => {
  const registry = scriptRegistry(standin);
  const add = () => addEventSource('netstat-exporter', libraries);
  const remove = () => removeEventSource('netstat-exporter', libraries);

  afterEach(() => {
    expect(registry.openKeys()).toBe(0);
    registry.reset();
  });

  /** All but the questions. */
  function changes(): string[] {
    return standin.calls().filter((call) => !call.startsWith('RegGetValueW'));
  }

  test('is registered with the file of its texts and the types of its events, in the 64-bit view', () => {
    expect(add()).toBe(true);
    expect(changes()).toEqual([CREATE, SET_FILE, SET_TYPES, CLOSE]);
  });

  test('is looked for in the 64-bit view, and the path as it stands there', () => {
    add();
    expect(standin.calls().slice(0, 2)).toEqual([
      `RegGetValueW(subkey="${KEY_TEXT}", value="EventMessageFile", flags=0x10010004)`,
      `RegGetValueW(subkey="${KEY_TEXT}", value="TypesSupported", flags=0x10010)`,
    ]);
  });

  test('is not changed when it is right', () => {
    add();
    standin.forget();
    expect(add()).toBe(false);
    expect(changes()).toEqual([]);
  });

  test.each([
    ['another path', REG_EXPAND_SZ, Buffer.from('%SystemRoot%\\System32\\EventCreate.dll\0', 'utf16le')],
    ['a longer path', REG_EXPAND_SZ, Buffer.concat([MESSAGE_FILE, MESSAGE_FILE])],
    ['half a path', REG_EXPAND_SZ, MESSAGE_FILE.subarray(0, 10)],
    ['a path that is not expanded', REG_SZ, MESSAGE_FILE],
  ])('with %s gets that set right, and nothing else', (_, type, data) => {
    registry.put(KEY, 'EventMessageFile', type, data);
    registry.put(KEY, 'TypesSupported', REG_DWORD, TYPES);
    expect(add()).toBe(true);
    expect(changes()).toEqual([CREATE, SET_FILE, CLOSE]);
    expect(add()).toBe(false);
  });

  test('with other types gets these set right, and nothing else', () => {
    registry.put(KEY, 'EventMessageFile', REG_EXPAND_SZ, MESSAGE_FILE);
    registry.put(KEY, 'TypesSupported', REG_DWORD, Buffer.from([1, 0, 0, 0]));
    expect(add()).toBe(true);
    expect(changes()).toEqual([CREATE, SET_TYPES, CLOSE]);
  });

  test('is removed with all that it has', () => {
    add();
    standin.forget();
    expect(remove()).toBe(true);
    expect(standin.calls()).toEqual([`RegDeleteKeyExW(subkey="${KEY_TEXT}", access=0x100)`]);
    expect(remove()).toBe(false);
    expect(add()).toBe(true);
  });

  const WHERE = `HKEY_LOCAL_MACHINE\\${KEY}`;

  test.each([
    ['create', `RegCreateKeyExW(${WHERE})`],
    ['set', `RegSetValueExW(${WHERE}, EventMessageFile)`],
  ] as const)('that may not be registered says who may: %s', (failing, call) => {
    registry.fail({ [failing]: 5 });
    expect(add).toThrow(`${call} failed: 5 (Access is denied.); run this as an administrator`);
  });

  test('that cannot be registered says why', () => {
    registry.fail({ create: 1018 });
    expect(add).toThrow(new PartFailure('1018', `RegCreateKeyExW(${WHERE}) failed: 1018 (0x03FA)`));
  });

  test('that may not be removed says who may', () => {
    registry.fail({ remove: 5 });
    expect(remove).toThrow(`RegDeleteKeyExW(${WHERE}) failed: 5 (Access is denied.); run this as an administrator`);
  });

  test('that cannot be read is registered anew', () => {
    add();
    registry.fail({ get: 5 });
    expect(add()).toBe(true);
  });
});
