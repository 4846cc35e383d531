// World 3 (Windows, or Wine): the real registry, through the real advapi32.dll; reg.exe is the witness.

import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { loadAdvapi32 } from '../../src/sources/windows/bindings.ts';
import { HKEY_LOCAL_MACHINE, RRF_RT_REG_SZ, RRF_SUBKEY_WOW6464KEY } from '../../src/sources/windows/codes.ts';
import { systemLibraries } from '../../src/sources/windows/libraries.ts';
import { openWindowsSource } from '../../src/sources/windows/source.ts';
import { wideString } from '../../src/sources/windows/utf16.ts';
import { NOTHING } from '../support/source-options.ts';

const KEY = 'SOFTWARE\\Microsoft\\Cryptography';
const WORKER = new URL('../../src/cli/wmi-worker.ts', import.meta.url);

/** What reg.exe prints of the value. */
function printedGuid(): string | undefined {
  const args = ['query', `HKLM\\${KEY}`, '/v', 'MachineGuid', '/reg:64'];
  const { status, stdout, stderr } = spawnSync('reg.exe', args, { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return /MachineGuid\s+REG_SZ\s+(\S+)/.exec(stdout)?.[1];
}

/** The code that the real function returns for a value of the key, and the size that it tells. */
function readValue(name: string, buffer: Uint8Array): { readonly code: number; readonly size: number | undefined } {
  const size = Uint32Array.of(buffer.length);
  const flags = RRF_RT_REG_SZ | RRF_SUBKEY_WOW6464KEY;
  const { getRegistryValue } = loadAdvapi32(systemLibraries().advapi32);
  const code = getRegistryValue(HKEY_LOCAL_MACHINE, wideString(KEY), wideString(name), flags, null, buffer, size);
  return { code, size: size[0] };
}

test('the id of the machine is the one that reg.exe prints', () => {
  const source = openWindowsSource(NOTHING, { wmiWorker: WORKER });
  source.close();
  expect(source.machineId).toMatch(/^[0-9a-f-]{36}$/);
  expect(source.machineId).toBe(printedGuid()?.toLowerCase());
});

test('the registry answers as the stand-in does: with the size of the text and its NUL, 2 for no value, 234 for no room', () => {
  expect(readValue('MachineGuid', new Uint8Array(128))).toEqual({ code: 0, size: 74 });
  expect(readValue('NetstatExporterTest', new Uint8Array(128)).code).toBe(2);
  expect(readValue('MachineGuid', new Uint8Array(72)).code).toBe(234);
});
