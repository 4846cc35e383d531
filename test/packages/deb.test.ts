// World: Debian 12 and 13 with systemd as process 1, and Debian 13 without. Provided by: npm run test:packages, as root; Linux with overlayfs and cgroup2
// The Debian package as an administrator meets it: what is installed, started, kept and removed.
import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { buildDeb } from '../../scripts/build-deb.ts';
import { buildExecutables } from '../../scripts/build-exe.ts';
import { makeNetwork } from '../incidents/network-namespace.ts';
import { get } from '../support/client.ts';
import { sampleValue } from '../support/exposition.ts';
import { PATIENCE } from '../support/patience.ts';
import { findPart } from '../worlds/packages/parts.ts';
import { bootMachine, type Machine, whyNoMachine } from '../worlds/systemd/machine.ts';
import { differencesOf, LIST_FILES } from './root-files.ts';

const VERSIONS = ['0.1.0', '0.2.0'] as const;
const SERVICE = 'netstat-exporter.service';
const SOCKET = 'netstat-exporter.socket';
const SETTINGS = '/etc/default/netstat-exporter';
const LIBRARY = '/usr/lib/netstat-exporter';
const PORT = 19_182;
const LISTENER = { process: 'netstat-exporter', services: SERVICE, port: String(PORT), protocol: 'tcp' };

/** What has changed in a root where a package has come and gone, by the beginning of the path, and why. */
const CHANGED_BY_DEBIAN: Readonly<Record<string, string>> = {
  '/etc/.pwd.lock': 'of systemd-sysusers',
  '/etc/group': 'the account stays',
  '/etc/gshadow': 'the account stays',
  '/etc/passwd': 'the account stays',
  '/etc/shadow': 'the account stays',
  '/var/cache/apt/': 'apt’s',
  '/var/cache/debconf/': 'debconf’s',
  '/var/lib/apt/': 'apt’s',
  '/var/lib/dpkg/': 'dpkg’s',
  '/var/lib/systemd/deb-systemd-helper-': 'folders of deb-systemd-helper',
  '/var/log/': 'logs',
};

const whyNot =
  process.arch === 'x64' ? (whyNoMachine() ?? whyNoRoots()) : 'there is no program of one file for this processor';

function whyNoRoots(): string | undefined {
  if (process.env['CI'] !== undefined || findPart('debian-13-bare') !== undefined) return undefined;
  return 'provided by: npm run test:packages';
}

describe.skipIf(whyNot !== undefined)(`the Debian package${whyNot === undefined ? '' : ` (${whyNot})`}`, () => {
  const stack = new AsyncDisposableStack();
  let packages: string;
  let lintian: Promise<string>;

  beforeAll(async () => {
    packages = mkdtempSync(join(tmpdir(), 'netstat-exporter-packages-'));
    stack.defer(() => rmSync(packages, { recursive: true }));
    await buildExecutables(['linux-x64'], packages);
    const from = join(packages, 'linux-x64');
    // Compression would take half a minute each.
    for (const version of VERSIONS) await buildDeb({ from, into: packages, arch: 'x64', version, compression: 0 });
    // It takes longer than most of the tests together.
    lintian = askLintian(debOf(VERSIONS[0]));
    stack.use(stack.use(makeNetwork()).enter());
  });
  afterAll(() => stack.disposeAsync());

  function debOf(version: string): string {
    return join(packages, `netstat-exporter_${version}_amd64.deb`);
  }

  function boot(root: string): Promise<Machine> {
    const files = Object.fromEntries(VERSIONS.map(debOf).map((deb) => [`/srv/${basename(deb)}`, deb]));
    return bootMachine({ root: findPart(root) ?? `no ${root}`, files, units: {} });
  }

  /** Runs lines that must all succeed; what they said. */
  function inShell(machine: Machine, lines: string): string {
    const { status, output } = machine.run('env', 'DEBIAN_FRONTEND=noninteractive', 'sh', '-ec', lines);
    expect(status, output).toBe(0);
    return output;
  }

  function install(machine: Machine, version: string): string {
    return inShell(machine, `apt-get install --quiet=2 --yes /srv/netstat-exporter_${version}_amd64.deb`);
  }

  const purge = (machine: Machine): string => inShell(machine, 'apt-get purge --quiet=2 --yes netstat-exporter');

  function stateOf(machine: Machine, unit = SERVICE): readonly [active: string, enabled: string] {
    return [machine.property(unit, 'ActiveState'), machine.property(unit, 'UnitFileState')];
  }

  const isSilent = (): Promise<void> =>
    expect(get(`http://127.0.0.1:${PORT}/`)).rejects.toMatchObject({ code: 'ECONNREFUSED' });

  async function scrape(path = '/metrics'): Promise<string> {
    let text = '';
    await vi.waitFor(async () => {
      const answer = await get(`http://127.0.0.1:${PORT}${path}`);
      expect(answer.status).toBe(200);
      text = answer.text;
    }, PATIENCE);
    return text;
  }

  describe.each(['debian-12', 'debian-13'])('on %s', (root) => {
    it('runs from the installation on, keeps its settings when it is upgraded, and is gone when it is purged', async () => {
      await using machine = await boot(root);
      const before = inShell(machine, LIST_FILES);

      expect(install(machine, VERSIONS[0])).not.toMatch(/error|warning|cannot|failed/i);
      expect(stateOf(machine)).toEqual(['active', 'enabled']);
      expect(stateOf(machine, SOCKET)).toEqual(['inactive', 'disabled']);
      const text = await scrape();
      expect(sampleValue(text, 'netstat_listener_info', { ...LISTENER, address: '::' })).toBe(1);

      // What is beside the program is taken from there; nothing is unpacked.
      const processId = machine.property(SERVICE, 'MainPID');
      expect(inShell(machine, `grep --only-matching '${LIBRARY}/koffi-.*' /proc/${processId}/maps`)).toMatch(
        /\.node\n/,
      );
      expect(inShell(machine, 'ls -A /var/cache/netstat-exporter')).toBe('');
      expect(inShell(machine, 'setpriv --reuid=65534 --clear-groups netstat-exporter --version')).toContain(
        'netstat-exporter, version ',
      );

      expect(inShell(machine, `stat --format='%a %U' ${SETTINGS}`)).toBe('600 root\n');
      inShell(machine, `sed -i 's|^ARGS=.*|ARGS=--web.telemetry-path=/edited|' ${SETTINGS}`);
      const edited = inShell(machine, `sha256sum ${SETTINGS}; stat --format=%a ${SETTINGS}`);
      expect(install(machine, VERSIONS[1])).not.toMatch(/error|warning|cannot|failed/i);
      expect(inShell(machine, `sha256sum ${SETTINGS}; stat --format=%a ${SETTINGS}`)).toBe(edited);
      expect(inShell(machine, `dpkg-query --show --showformat='\${Version}' netstat-exporter`)).toBe(VERSIONS[1]);
      expect(machine.property(SERVICE, 'MainPID')).not.toBe(processId);
      await scrape('/edited');

      inShell(machine, 'apt-get remove --quiet=2 --yes netstat-exporter');
      expect(machine.property(SERVICE, 'ActiveState')).toBe('inactive');
      await isSilent();
      expect(inShell(machine, `sha256sum ${SETTINGS}; stat --format=%a ${SETTINGS}`)).toBe(edited);
      expect(machine.run('ls', LIBRARY, '/usr/bin/netstat-exporter').output).toMatch(/^(ls: .*: No such file.*\n){2}$/);

      purge(machine);
      expect(machine.property(SERVICE, 'LoadState')).toBe('not-found');
      expect(leftBetween(before, inShell(machine, LIST_FILES))).toEqual([]);
      expect(inShell(machine, 'grep netstat-exporter /etc/passwd /etc/shadow')).toMatch(
        /^\/etc\/passwd:netstat-exporter:.*\/nologin\n\/etc\/shadow:netstat-exporter:!\*?:.*\n$/,
      );
    });
  });

  it('is installed though its port is taken, and the unit says why it does not run', async () => {
    await using holder = createServer().listen(PORT);
    await using machine = await boot('debian-13');
    install(machine, VERSIONS[0]);
    const said = (): string => inShell(machine, `journalctl --output=cat --unit=${SERVICE}`);
    await vi.waitFor(() => expect(said()).toMatch(/^netstat-exporter: .*19182.*EADDRINUSE/m), PATIENCE);
    expect(machine.property(SERVICE, 'SubState')).toBe('auto-restart');
    holder.close();
    await scrape();
  });

  it('is not started where policy-rc.d forbids it, nor by an upgrade where the administrator has disabled it', async () => {
    await using machine = await boot('debian-13');
    const policy = '/usr/sbin/policy-rc.d';
    inShell(machine, `printf '#!/bin/sh\\nexit 101\\n' >${policy}; chmod +x ${policy}`);
    install(machine, VERSIONS[0]);
    expect(stateOf(machine)).toEqual(['inactive', 'enabled']);
    inShell(machine, `rm ${policy}; systemctl disable ${SERVICE}`);
    install(machine, VERSIONS[1]);
    expect(stateOf(machine)).toEqual(['inactive', 'disabled']);
    await isSilent();
  });

  it('keeps the port of systemd open over an upgrade, and closes it when it is removed', async () => {
    await using machine = await boot('debian-13');
    install(machine, VERSIONS[0]);
    inShell(
      machine,
      `systemctl stop ${SERVICE}; sed -i 's/^ARGS=.*/ARGS=--web.systemd-socket/' ${SETTINGS}; systemctl enable --now ${SOCKET}; systemctl start ${SERVICE}`,
    );
    const opened = machine.property(SOCKET, 'ActiveEnterTimestampMonotonic');
    await scrape();
    install(machine, VERSIONS[1]);
    expect(machine.property(SOCKET, 'ActiveEnterTimestampMonotonic')).toBe(opened);
    await scrape();
    inShell(machine, 'apt-get remove --quiet=2 --yes netstat-exporter');
    await isSilent();
    expect([SERVICE, SOCKET].map((unit) => machine.property(unit, 'ActiveState'))).toEqual(['inactive', 'inactive']);
    purge(machine);
    expect(inShell(machine, 'find /etc/systemd /var/lib/systemd -name "*netstat-exporter*"')).toBe('');
  });

  it('is installed and purged in a root without systemd', () => {
    const lines = `
      list() { ${LIST_FILES}; }
      list >/run/before
      apt-get install --quiet=2 --yes /srv/netstat-exporter_${VERSIONS[0]}_amd64.deb >/run/said 2>&1
      netstat-exporter check-config
      apt-get purge --quiet=2 --yes netstat-exporter >>/run/said 2>&1
      list >/run/after
      for file in said before after; do echo "== $file"; cat /run/$file; done`;
    const { status, stdout, stderr } = spawnSync(
      join(import.meta.dirname, '..', 'worlds', 'packages', 'in-chroot.sh'),
      [findPart('debian-13-bare') ?? 'no root', packages, 'sh', '-ec', lines],
      { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
    );
    expect(status, stderr + stdout).toBe(0);
    const [checked, said = '', before = '', after = ''] = stdout.split(/^== \w+\n/m);
    expect(checked).toBe('the configuration is valid\n');
    expect(said).toContain('Setting up netstat-exporter');
    expect(said).not.toMatch(/error|warning|cannot|failed/i);
    expect(leftBetween(before, after)).toEqual([]);
  });

  it('asks for the libraries that dpkg-shlibdeps finds in the program, and no others', async () => {
    const found = spawnSync(
      'sh',
      [
        '-ec',
        'mkdir debian; printf "Source: x\\n\\nPackage: x\\nArchitecture: any\\n" >debian/control; exec dpkg-shlibdeps -O linux-x64/netstat-exporter linux-x64/koffi-*.node',
      ],
      { cwd: packages, encoding: 'utf8' },
    );
    const namesOf = (depends: string): string[] => depends.split(', ').map((one) => one.replace(/ .*/s, ''));
    const expected = namesOf(found.stdout.replace('shlibs:Depends=', '').trim());
    expect(expected.length).toBeGreaterThan(2);
    const depends = spawnSync('dpkg-deb', ['--field', debOf(VERSIONS[0]), 'Depends'], { encoding: 'utf8' }).stdout;
    expect(namesOf(depends.trim()).filter((name) => !name.startsWith('systemd'))).toEqual(expected);
  });

  it('is without fault to lintian, but for what has a reason', async () => {
    expect(await lintian).toBe('');
  });
});

/** What differs, and is no doing of Debian's, or has our name. */
function leftBetween(before: string, after: string): string[] {
  const beginnings = Object.keys(CHANGED_BY_DEBIAN);
  return differencesOf(before, after).filter(
    (path) => path.includes('netstat-exporter') || !beginnings.some((beginning) => path.startsWith(beginning)),
  );
}

const UNCOMPRESSED = ['uses-no-compression-for-control-tarball', 'uses-no-compression-for-data-tarball'];

/** All that it says of errors and warnings. */
async function askLintian(deb: string): Promise<string> {
  const args = ['--allow-root', '--no-cfg', '--tag-display-limit=0', `--suppress-tags=${UNCOMPRESSED.join()}`, deb];
  const { stdout, stderr } = await promisify(execFile)('lintian', args).catch((error) => error);
  return stdout + stderr;
}
