// World: systemd-analyze, for what systemd itself says of the units. Provided by: apt-get install systemd
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { OPTIONS } from '../../../src/config/options.ts';
import { readUnit, SYSTEMD_FOLDER, settingOf } from './unit-file.ts';

const SERVICE = 'netstat-exporter.service';
const SOCKET = 'netstat-exporter.socket';
const PROGRAM = '/usr/bin/netstat-exporter';

const service = readUnit(SERVICE);
const socket = readUnit(SOCKET);

const HAS_SYSTEMD = process.env['CI'] !== undefined || spawnSync('systemd-analyze', ['--version']).status === 0;
const PROVIDED_BY = 'provided by: apt-get install systemd';

/** What systemd holds against the service, and why it stays. */
const ACCEPTED: Readonly<Record<string, string>> = {
  AmbientCapabilities: 'owners of other users’ sockets',
  CapabilityBoundingSet_CAP_DAC_FOWNER_IPC_OWNER: 'CAP_DAC_READ_SEARCH: the same',
  CapabilityBoundingSet_CAP_SYS_PTRACE: 'the same',
  DeviceAllow: 'what ProtectClock= adds, to read the hardware clock',
  IPAddressDeny: 'who scrapes is not known here',
  MemoryDenyWriteExecute: 'Node.js compiles at run time',
  PrivateNetwork: 'it is the host’s network that is looked at',
  PrivateUsers: 'the capabilities would be worth nothing',
  ProcSubset: '/proc/net and /proc/sys are read',
  ProtectProc: 'processes of others are read',
  RestrictAddressFamilies_AF_INET_INET6: 'it is scraped, and pushes',
  RestrictAddressFamilies_AF_NETLINK: 'sock_diag',
  RestrictAddressFamilies_AF_UNIX: 'names are looked up through it',
  RootDirectoryOrRootImage: 'it is a program of the host',
};
/** `systemd-analyze security` of systemd 252: 0 is the best, 10 the worst. */
const EXPOSURE = 2;

interface Assessment {
  readonly json_field: string;
  readonly set: boolean | null;
}

/** The units with a program that is there, without which nothing else is looked at. */
const folder = mkdtempSync(join(tmpdir(), 'netstat-exporter-units-'));
for (const name of [SERVICE, SOCKET]) {
  const text = readFileSync(join(SYSTEMD_FOLDER, name), 'utf8');
  writeFileSync(join(folder, name), text.replaceAll(PROGRAM, process.execPath));
}
afterAll(() => rmSync(folder, { recursive: true }));

function analyze(...args: readonly string[]): string {
  const { stdout, stderr, error } = spawnSync('systemd-analyze', args, { cwd: folder, encoding: 'utf8' });
  if (error !== undefined) throw error;
  return stdout + stderr;
}

describe('deploy/systemd', () => {
  it('has the program where packages put it, with flags that the administrator gives', () => {
    expect(settingOf(service, 'Service', 'ExecStart')).toBe(`${PROGRAM} $ARGS`);
  });

  it('opens the port that the exporter listens on by default', () => {
    expect([`:${settingOf(socket, 'Socket', 'ListenStream')}`]).toEqual(OPTIONS['web.listen-address'].default);
  });

  it('gives the end more than the three seconds that it takes', () => {
    expect(Number(settingOf(service, 'Service', 'TimeoutStopSec'))).toBeGreaterThan(3);
  });

  it('starts again what has failed, and gives up on what fails for a minute or so', () => {
    const [every, starts, within] = [
      settingOf(service, 'Service', 'RestartSec'),
      settingOf(service, 'Unit', 'StartLimitBurst'),
      settingOf(service, 'Unit', 'StartLimitIntervalSec'),
    ].map(Number);
    expect(settingOf(service, 'Service', 'Restart')).toBe('on-failure');
    const untilGivenUp = Number(every) * Number(starts);
    expect(untilGivenUp).toBeGreaterThanOrEqual(30);
    // Else it would go on for ever.
    expect(untilGivenUp).toBeLessThan(Number(within) / 2);
  });

  it('waits for the network, one of whose addresses it may listen on', () => {
    expect(['Wants', 'After'].map((setting) => settingOf(service, 'Unit', setting))).toEqual(
      Array(2).fill('network-online.target'),
    );
  });

  it.each(['MemoryMax', 'TasksMax', 'LimitNOFILE'])('has a limit: %s', (setting) => {
    expect(settingOf(service, 'Service', setting)).toMatch(/^[1-9]\d*M?$/);
  });

  it('makes the account that the service runs as', () => {
    const account = readFileSync(join(SYSTEMD_FOLDER, 'netstat-exporter.sysusers'), 'utf8');
    expect(account).toContain(`\nu ${settingOf(service, 'Service', 'User')} `);
  });
});

describe.skipIf(!HAS_SYSTEMD)(`systemd (${PROVIDED_BY})`, () => {
  it('finds nothing wrong with the units', () => {
    expect(analyze('verify', '--man=no', `./${SERVICE}`, `./${SOCKET}`)).toBe('');
  });

  it('holds nothing against the service but what it cannot do without', () => {
    const assessments = JSON.parse(
      analyze('security', '--offline=yes', '--json=short', '--no-pager', `./${SERVICE}`),
    ) as readonly Assessment[];
    expect(assessments.length).toBeGreaterThan(60);
    const held = assessments.filter(({ set }) => set === false).map(({ json_field }) => json_field);
    expect(held.filter((name) => !(name in ACCEPTED))).toEqual([]);
  });

  it(`calls its exposure ${EXPOSURE} at most`, () => {
    const text = analyze('security', '--offline=yes', '--no-pager', `./${SERVICE}`);
    const exposure = /exposure level for netstat-exporter\.service: (\d+\.\d)/.exec(text)?.[1];
    expect(Number(exposure)).toBeLessThanOrEqual(EXPOSURE);
  });
});
