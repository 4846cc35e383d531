// World: this Linux host; the built program, whose output and log are on a full disk.
import { type StdioOptions, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { PATIENCE } from '../support/patience.ts';
import { PROGRAM } from '../support/program.ts';
import { PRINTING } from './printing-commands.ts';

describe.runIf(process.platform === 'linux')('on a full disk', () => {
  const folder = mkdtempSync(join(tmpdir(), 'netstat-exporter-test-'));
  let full = 0;
  beforeAll(() => {
    full = openSync('/dev/full', 'w');
  });
  afterAll(() => {
    closeSync(full);
    rmSync(folder, { recursive: true });
  });

  const run = (args: readonly string[], stdio: StdioOptions) =>
    spawnSync(process.execPath, [PROGRAM, ...args], { stdio, encoding: 'utf8' });
  const runWithFullStdout = (...args: readonly string[]) => run(args, ['ignore', full, 'pipe']);
  const runWithFullStderr = (...args: readonly string[]) => run(args, ['ignore', 'pipe', full]);

  it.each(PRINTING)('`%s` says so in one line and ends with code 2', (command) => {
    const { status, stderr } = runWithFullStdout(...command.split(' '));
    expect(stderr).toBe('netstat-exporter: cannot write to stdout: ENOSPC: no space left on device, write\n');
    expect(status).toBe(2);
  });

  it('stderr does not make a failure of a recording', () => {
    const file = join(folder, 'host.jsonl');
    expect(runWithFullStderr('record', file)).toMatchObject({ status: 0, stdout: '' });
    expect(existsSync(file)).toBe(true);
  });

  it('stderr does not make a failure of a configuration that has notes', () => {
    const file = join(folder, 'web.yml');
    writeFileSync(file, 'basic_auth_users:\n  user: $2y$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy\n');
    const valid = { status: 0, stdout: 'the configuration is valid\n' };
    expect(runWithFullStderr('check-config', `--web.config.file=${file}`)).toMatchObject(valid);
  });

  it('stderr leaves the code of a failure as it is', () => {
    expect(runWithFullStderr('nonsense')).toMatchObject({ status: 2, stdout: '' });
  });

  it('the log is lost, and the program serves and ends as it should', async () => {
    const origin = `127.0.0.1:${await freePort('127.0.0.1')}`;
    const flags = [`--web.listen-address=${origin}`, '--log.level=debug'];
    const child = spawn(process.execPath, [PROGRAM, ...flags], { stdio: ['ignore', 'ignore', full] });
    const ended = once(child, 'exit');
    const status = async (path: string) => (await fetch(`http://${origin}${path}`)).status;
    await vi.waitFor(async () => expect(await status('/-/ready')).toBe(200), PATIENCE);
    expect(await status('/metrics')).toBe(200);
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
  });
});
