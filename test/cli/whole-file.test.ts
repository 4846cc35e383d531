// World: this host. A recording that is written where there is no room for it needs a tmpfs of its own: root on Linux.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { writeWholeFile } from '../../src/cli/whole-file.ts';
import { PROGRAM } from '../support/program.ts';

const folder = mkdtempSync(join(tmpdir(), 'netstat-exporter-test-'));
const inFolder = (name: string): string => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true }));

function* failing(): Generator<string> {
  yield 'half a line';
  throw new Error('it broke');
}

describe('a whole file', () => {
  it('has all texts, and stands where none was', async () => {
    await writeWholeFile(inFolder('new'), ['one\n', 'two\n']);
    expect(readFileSync(inFolder('new'), 'utf8')).toBe('one\ntwo\n');
  });

  it('takes the place of the one before, with its mode', async () => {
    writeFileSync(inFolder('private'), 'a longer text than the new one');
    chmodSync(inFolder('private'), 0o600);
    await writeWholeFile(inFolder('private'), ['new']);
    expect(readFileSync(inFolder('private'), 'utf8')).toBe('new');
    if (process.platform !== 'win32') expect(statSync(inFolder('private')).mode & 0o777).toBe(0o600);
  });

  it('is the one before where writing fails, and nothing is left beside it', async () => {
    writeFileSync(inFolder('kept'), 'before');
    const names = readdirSync(folder);
    await expect(writeWholeFile(inFolder('kept'), failing())).rejects.toThrow(/^cannot write .*kept: it broke$/);
    expect(readFileSync(inFolder('kept'), 'utf8')).toBe('before');
    expect(readdirSync(folder)).toEqual(names);
  });

  it('is not written over what somebody has put beside it', async () => {
    const beside = inFolder(`taken.${process.pid}.new`);
    writeFileSync(beside, "somebody's");
    await expect(writeWholeFile(inFolder('taken'), ['new'])).rejects.toThrow('EEXIST');
    expect([existsSync(inFolder('taken')), readFileSync(beside, 'utf8')]).toEqual([false, "somebody's"]);
  });

  it.runIf(process.platform !== 'win32')('is what a link leads to', async () => {
    writeFileSync(inFolder('target'), 'before');
    symlinkSync('target', inFolder('link'));
    await writeWholeFile(inFolder('link'), ['new']);
    expect(readFileSync(inFolder('target'), 'utf8')).toBe('new');
  });

  it.runIf(process.platform === 'linux')('is not made of a device, which is written into', async () => {
    await writeWholeFile('/dev/null', ['new']);
    await expect(writeWholeFile('/dev/full', ['new'])).rejects.toThrow('cannot write /dev/full: ENOSPC');
    expect([statSync('/dev/null').isFile(), statSync('/dev/full').isFile()]).toEqual([false, false]);
  });
});

const canMount = process.platform === 'linux' && process.getuid?.() === 0;
describe.runIf(canMount || process.env['CI'] !== undefined)('a recording on a full disk', () => {
  it('is one line, and the recording before is kept', () => {
    const script = `
      mount -t tmpfs -o size=16k tmpfs "$1" && echo before > "$1/host.jsonl"
      "$2" "$3" record "$1/host.jsonl"; echo "code $?"; ls "$1"; cat "$1/host.jsonl"`;
    const given = ['--mount', 'bash', '-c', script, 'bash', folder, process.execPath, PROGRAM];
    const { stdout, stderr } = spawnSync('unshare', given, { encoding: 'utf8' });
    expect(stderr).toMatch(/^netstat-exporter: cannot write \S+host\.jsonl: ENOSPC: no space left on device, write\n$/);
    expect(stdout).toBe('code 2\nhost.jsonl\nbefore\n');
  });
});
