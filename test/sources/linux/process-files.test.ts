// World: fixtures. The text of the files of a process.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSocketLink } from '../../../src/sources/linux/held-sockets.ts';
import { parseExecutable, parseIdentity, parseUnit } from '../../../src/sources/linux/process-files.ts';

const AFTER_COMMAND = `S${' 0'.repeat(18)} 4711 0 0\n`;

describe('stat', () => {
  it('has the command and the start time, field 22', () => {
    const stat =
      '3120 (nginx) S 1 3120 3120 0 -1 4194560 1 0 0 0 2 3 0 0 20 0 1 0 98765 11354112 436 18446744073709551615\n';
    expect(parseIdentity(3120, stat)).toEqual({ pid: 3120, startTime: 98_765, command: 'nginx' });
  });

  it('may have any command, parentheses and line ends too', () => {
    fc.assert(
      fc.property(fc.string(), (command) => {
        expect(parseIdentity(7, `7 (${command}) ${AFTER_COMMAND}`)).toEqual({ pid: 7, startTime: 4711, command });
      }),
    );
  });

  it.each(['', '7', '7 (a) S 1 2', '7 a S 1', `7 (a) S${' x'.repeat(30)}`])('as %j is nobody', (text) => {
    expect(parseIdentity(7, text)).toBeUndefined();
  });

  it('of any kind is somebody with a start time, or nobody', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('(', ')', ' ', '1', 'S', '\n'), maxLength: 80 }), (text) => {
        const startTime = parseIdentity(7, text)?.startTime ?? 0;
        expect(startTime).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('exe', () => {
  it.each([
    ['/usr/sbin/nginx', 'nginx'],
    ['/usr/bin/python3.11 (deleted)', 'python3.11'],
    ['/memfd:loader (deleted)', 'memfd:loader'],
    ['/opt/my app (x86)/run', 'run'],
    ['/', ''],
  ])('%j is %j', (path, name) => {
    expect(parseExecutable(path)).toBe(name);
  });
});

describe('cgroup', () => {
  it.each([
    ['0::/system.slice/ssh.service\n', 'ssh.service'],
    ['0::/user.slice/user-1000.slice/user@1000.service/app.slice/app-x.scope\n', 'app-x.scope'],
    ['0::/system.slice/containerd.service/kubepods/pod1\n', 'containerd.service'],
    ['0::/system.slice/a:b.service\n', 'a:b.service'],
    ['9:name=systemd:/system.slice/cron.service\n8:pids:/\n0::/\n', 'cron.service'],
    ['0::/init.scope\n', 'init.scope'],
    ['0::/\n', undefined],
    ['0::/user.slice\n', undefined],
    ['0::/.service\n', undefined],
    ['x.service', undefined],
    ['', undefined],
  ])('%j is of the unit %j', (text, unit) => {
    expect(parseUnit(text)).toBe(unit);
  });
});

describe('a link in fd', () => {
  it.each([
    ['socket:[12345]', 12_345],
    ['socket:[4294967295]', 4_294_967_295],
    ['socket:[4294967296]', 0],
    ['socket:[]', 0],
    ['socket:[-1]', 0],
    ['socket:[12', 0],
    ['pipe:[12345]', 0],
    ['/tmp/socket:[12345]', 0],
    ['anon_inode:[eventpoll]', 0],
  ])('%j is inode %j', (link, inode) => {
    expect(parseSocketLink(link)).toBe(inode);
  });
});
