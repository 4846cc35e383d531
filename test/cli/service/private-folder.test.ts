// World: none.
import { expect, it } from 'vitest';
import { privateFolder } from '../../../src/cli/service/private-folder.ts';
import { ConfigError } from '../../../src/config/error.ts';

it.each([
  ['C:\\ProgramData\\netstat-exporter', 'C:\\ProgramData\\netstat-exporter'],
  ['C:\\ProgramData\\netstat-exporter\\', 'C:\\ProgramData\\netstat-exporter'],
  ['C:\\ProgramData\\netstat-exporter\\.', 'C:\\ProgramData\\netstat-exporter'],
  ['c:/my data/x', 'c:\\my data\\x'],
  [undefined, undefined],
])('--private-folder=%s is %s', (text, path) => {
  expect(privateFolder(text)).toBe(path);
});

it.each([
  '',
  'x',
  'ProgramData\\x',
  '\\ProgramData\\x',
  'C:x',
  'C:\\',
  '\\\\server\\share\\x',
  'C:\\x" --firewall=any',
  'C:\\x*',
  'C:\\x\ny',
])('--private-folder=%j is refused', (text) => {
  expect(() => privateFolder(text)).toThrow(ConfigError);
  expect(() => privateFolder(text)).toThrow(
    `--private-folder: ${JSON.stringify(text)} is no whole path of a folder; allowed: as C:\\ProgramData\\netstat-exporter, without a backslash at the end`,
  );
});
