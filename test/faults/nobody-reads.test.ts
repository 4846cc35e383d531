// World: this host; the built program, whose output or log nobody reads any more.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { describe, expect, it, vi } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { PATIENCE } from '../support/patience.ts';
import { PROGRAM } from '../support/program.ts';
import { PRINTING } from './printing-commands.ts';

function start(...args: readonly string[]) {
  const child = spawn(process.execPath, [PROGRAM, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  return { child, ended: once(child, 'exit') };
}

describe('where nobody reads it', () => {
  it.each(PRINTING)('`%s` prints nothing, and that is no failure', async (command) => {
    const { child, ended } = start(...command.split(' '));
    child.stdout.destroy();
    expect(await text(child.stderr)).toBe('');
    expect(await ended).toEqual([0, null]);
  });

  it('the log is lost, and the program serves and ends as it should', async () => {
    const origin = `127.0.0.1:${await freePort('127.0.0.1')}`;
    const { child, ended } = start(`--web.listen-address=${origin}`, '--log.level=debug');
    child.stderr.destroy();
    const status = async (path: string) => (await fetch(`http://${origin}${path}`)).status;
    await vi.waitFor(async () => expect(await status('/-/ready')).toBe(200), PATIENCE);
    expect(await status('/metrics')).toBe(200);
    child.kill('SIGTERM');
    // On Windows a signal from a program ends another at once.
    expect(await ended).toEqual(process.platform === 'win32' ? [null, 'SIGTERM'] : [0, null]);
  });
});
