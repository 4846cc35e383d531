// World: Windows, as an administrator, or Wine (npm run test:windows). The source of events in the real registry.
import { spawnSync } from 'node:child_process';
import { afterAll, expect, it } from 'vitest';
import { systemLibraries } from '../../src/sources/windows/libraries.ts';
import { addEventSource, removeEventSource } from '../../src/windows-service/event-log/event-source.ts';

const SOURCE = 'NetstatExporterTest-source';
const KEY = `HKLM\\SYSTEM\\CurrentControlSet\\Services\\EventLog\\Application\\${SOURCE}`;

function query(): { readonly code: number | null; readonly said: string } {
  const { status, stdout } = spawnSync('reg.exe', ['query', KEY], { encoding: 'utf8' });
  return { code: status, said: stdout };
}

afterAll(() => void spawnSync('reg.exe', ['delete', KEY, '/f']));

it('is there once it is added, and once it is removed no more', () => {
  const libraries = systemLibraries();
  expect(query().code).not.toBe(0);
  expect(removeEventSource(SOURCE, libraries)).toBe(false);
  expect(addEventSource(SOURCE, libraries)).toBe(true);
  const { said } = query();
  expect(said).toMatch(/EventMessageFile\s+REG_EXPAND_SZ\s+%SystemRoot%\\System32\\EventCreate\.exe\s/);
  expect(said).toMatch(/TypesSupported\s+REG_DWORD\s+0x7\s/);
  expect(addEventSource(SOURCE, libraries)).toBe(false);
  expect(removeEventSource(SOURCE, libraries)).toBe(true);
  expect(query().code).not.toBe(0);
  expect(removeEventSource(SOURCE, libraries)).toBe(false);
});
