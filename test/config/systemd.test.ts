// World: none. The sockets that systemd passes, as the environment tells them.
import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../src/config/error.ts';
import { passedSockets } from '../../src/config/systemd.ts';

const PROCESS_ID = 4_711;

function passed(count: string | undefined, recipient: string | undefined = String(PROCESS_ID)): readonly number[] {
  return passedSockets({ LISTEN_FDS: count, LISTEN_PID: recipient }, PROCESS_ID, 'linux');
}

describe('sockets from systemd', () => {
  it('begin after the standard streams', () => {
    expect(passed('1')).toEqual([3]);
    expect(passed('3')).toEqual([3, 4, 5]);
    expect(passed('64')).toHaveLength(64);
  });

  it('are not there on Windows', () => {
    expect(() => passedSockets({ LISTEN_FDS: '1', LISTEN_PID: '1' }, 1, 'win32')).toThrow(
      '--web.systemd-socket: there is no systemd on Windows; allowed: --web.listen-address',
    );
  });

  it.each([
    [undefined, undefined, 'LISTEN_FDS is not set; allowed: a service that is started by a socket unit of systemd'],
    ['', undefined, 'LISTEN_FDS is not set'],
    ['0', undefined, 'LISTEN_FDS is 0: no socket is passed'],
    ['65', undefined, 'LISTEN_FDS is 65, more than 64'],
    ['-1', undefined, 'LISTEN_FDS is "-1", not a number'],
    ['1e3', undefined, 'LISTEN_FDS is "1e3", not a number'],
    ['one\n', undefined, 'LISTEN_FDS is "one\\n", not a number'],
    ['1', '12', 'LISTEN_PID is "12", and this process is 4711: npm or a shell in between is another process'],
    ['1', '', 'LISTEN_PID is not set, and this process is 4711'],
  ])('are refused in one line: LISTEN_FDS=%j, LISTEN_PID=%j', (count, recipient, problem) => {
    expect(() => passed(count, recipient)).toThrow(ConfigError);
    expect(() => passed(count, recipient)).toThrow(`--web.systemd-socket: ${problem}`);
  });
});
