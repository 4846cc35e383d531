// World: files of this host.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { checkOptions } from '../../../src/cli/service/checked-options.ts';

// The bundler puts them in.
vi.stubGlobal('BUILD_VERSION', '0.0.0');
vi.stubGlobal('BUILD_REVISION', '');

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'options-'));
  file = join(folder, 'config.yaml');
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

it('what a service is to run with is read with its file, and without the variables of whoever installs it', async () => {
  vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', 'no endpoint');
  writeFileSync(file, 'web.telemetry-path: /other\n');
  const { config, notes } = await checkOptions({ 'config.file': [file], 'log.level': ['debug'] });
  expect(config).toMatchObject({ 'web.telemetry-path': '/other', 'log.level': 'debug' });
  expect(notes).toEqual([]);
});

it.each([
  [
    'a relative path in it',
    'web.config.file: web.yaml',
    'web.config.file: is a relative path, and Windows starts services in its own folder; allowed: a whole path',
  ],
  ['a mistake in it', 'log.lvel: info', 'did you mean log.level?'],
  ['a file that check-config refuses', 'web.config.file: /nowhere/web.yaml', '/nowhere/web.yaml'],
])('a service whose file has %s is refused', async (_, text, message) => {
  writeFileSync(file, text);
  await expect(checkOptions({ 'config.file': [file] })).rejects.toThrow(message);
});

it('a service whose flags have a relative path is refused', async () => {
  writeFileSync(file, '');
  await expect(checkOptions({ 'config.file': [relative('.', file)] })).rejects.toThrow(
    'config.file: is a relative path, and Windows starts services in its own folder',
  );
});
