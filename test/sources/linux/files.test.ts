// World: this Linux host.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ofProcess } from '../../../src/sources/linux/files.ts';

const CHILD = fileURLToPath(new URL('without-descriptors.ts', import.meta.url));

const failing = (code: string) => () => {
  throw Object.assign(new Error(code), { code });
};

describe('a file of a process', () => {
  it.each(['ENOENT', 'ESRCH', 'EACCES', 'EPERM', 'EINVAL'])('that fails with %s is not there', (code) => {
    expect(ofProcess(failing(code))).toBeUndefined();
  });

  it.each(['EMFILE', 'ENFILE', 'ENOMEM'])('may be there where the exporter fails with %s', (code) => {
    expect(() => ofProcess(failing(code))).toThrow(code);
  });

  it.runIf(process.platform === 'linux')('is not taken for a missing one where descriptors are used up', () => {
    const script = 'ulimit -n 100; exec "$0" "$1"';
    const printed = execFileSync('bash', ['-c', script, process.execPath, CHILD], { encoding: 'utf8' });
    expect(JSON.parse(printed)).toEqual({
      identity: 'EMFILE',
      units: 'EMFILE',
      'command line': 'EMFILE',
      sockets: 'EMFILE',
      owners: 'EMFILE',
    });
  });
});
