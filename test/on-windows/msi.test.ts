// World: Windows, as an administrator, or Wine (npm run test:windows); the packages for Windows Installer, of this version and of a later one.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { beforeAll, expect, it, vi } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { readText, sampleValue } from '../support/exposition.ts';
import { freePort } from '../support/free-port.ts';
import { NEXT_VERSION } from '../support/msi-packages.ts';
import { PATIENCE } from '../support/patience.ts';
import { difference, filesBelow, type HostState, registryBelow } from './host-state.ts';
import { describeMsi, msiexec, NEXT_PACKAGE, PACKAGE } from './msi-package.ts';
import { readServiceStatus } from './service-status.ts';
import { ran } from './single-program.ts';

const SERVICE = 'netstat-exporter';
const FOLDER = 'C:\\Program Files\\netstat-exporter';
const PROGRAM = `${FOLDER}\\netstat-exporter.exe`;
const CONFIG_FOLDER = 'C:\\ProgramData\\netstat-exporter';
const CONFIG_FILE = `${CONFIG_FOLDER}\\config.yaml`;
const SERVICE_KEY = `HKLM\\SYSTEM\\CurrentControlSet\\Services\\${SERVICE}`;
const SETTINGS_KEY = 'HKLM\\SOFTWARE\\netstat-exporter';
const UNINSTALL_KEY = 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall';

/** "MsiExec.exe and InstMsi.exe Error Messages". Wine has a code of its own for an action that failed. */
const ERROR_INSTALL_FAILURE = 1603;
const ERROR_FUNCTION_FAILED = 1627;

const isWine = spawnSync('reg.exe', ['query', 'HKCU\\Software\\Wine']).status === 0;

interface Host {
  readonly files: HostState;
  readonly machine: HostState;
  readonly user: HostState;
}

let before: Host;
let port: number;

/** What Windows itself, and Wine, keep of any installation. */
const OF_WINDOWS =
  /^C:\\(?:Windows|Users|System Volume Information|\$Recycle\.Bin|ProgramData\\Microsoft)\\|\\Installer\\(?:Folders|Rollback)|\\EventLog\\|\\Services\\bam\\|\\(?:Prefetcher|Notifications|CloudStore|Diagnostics|Tracing)\\/i;

/**
 * What Wine's installer leaves of any package: its own folder and keys, which have no values, and a key for each component of an
 * installation that failed. And what the first console of a host is given.
 */
const OF_WINE =
  /^(?:C:\\windows\\Installer\\$|\[HKEY_LOCAL_MACHINE\\Software\\(?:Classes|Microsoft\\Windows\\CurrentVersion)\\Installer(?:\\[^\]]*)?\]$|\[HKEY_CURRENT_USER\\Console\])/i;

/** On a Windows of its own, other programs change the host meanwhile: there, what speaks of this program counts. */
function hostState(): Host {
  const counts = (line: string): boolean =>
    isWine ? !OF_WINE.test(line) : /netstat[-_]exporter/i.test(line) && !OF_WINDOWS.test(line);
  const kept = (state: HostState): HostState => new Set([...state].filter(counts));
  return {
    files: kept(filesBelow(isWine ? 'C:\\' : 'C:\\Program Files')),
    machine: kept(registryBelow(isWine ? 'HKLM' : 'HKLM\\SYSTEM\\CurrentControlSet\\Services')),
    user: kept(registryBelow(isWine ? 'HKCU' : 'HKCU\\Software')),
  };
}

function changes(): Record<keyof Host, ReturnType<typeof difference>> {
  const after = hostState();
  return {
    files: difference(before.files, after.files),
    machine: difference(before.machine, after.machine),
    user: difference(before.user, after.user),
  };
}

const SAME = { lost: [], new: [] };

async function registryValue(key: string, name: string): Promise<string | undefined> {
  const { stdout } = await ran('reg.exe', 'query', key, '/v', name);
  return new RegExp(`^ +${name} +REG_\\w+ +(.*?)\\r?$`, 'm').exec(stdout)?.[1];
}

async function scrape(path = '/metrics'): Promise<string> {
  const url = `http://127.0.0.1:${port}${path}`;
  return vi.waitFor(async () => (await fetch(url, { headers: { connection: 'close' } })).text(), PATIENCE);
}

function versionOf(text: string): string | undefined {
  return readText(text).samples.find(({ name }) => name === 'netstat_exporter_build_info')?.labels['version'];
}

/** The names and versions of what is installed, as Settings > Apps shows them. */
async function apps(): Promise<string[]> {
  const { stdout } = await ran('reg.exe', 'query', UNINSTALL_KEY, '/s');
  const entries = stdout
    .split(/\r?\n(?=HKEY)/)
    .filter((entry) => /DisplayName +REG_SZ +netstat-exporter\b/.test(entry));
  return entries.map((entry) => /DisplayVersion +REG_SZ +([\d.]+)/.exec(entry)?.[1] ?? '');
}

describeMsi('the package for Windows Installer', () => {
  beforeAll(async () => {
    port = await freePort('127.0.0.1');
    before = hostState();
  });

  it('installs the service with what its properties say, and starts it', async () => {
    const code = await msiexec(
      '/i',
      PACKAGE,
      'LISTEN_ADDR=127.0.0.1',
      `LISTEN_PORT=${port}`,
      'METRICS_PATH=/own/metrics',
      'ADDLOCAL=FirewallException',
      'REMOTE_ADDR=192.0.2.0/24,198.51.100.7',
      // Last: Wine's msiexec takes what comes after a quotation mark in a value as a part of it.
      'EXTRA_FLAGS="--collector.interval=1s --collector.process.include=""a b|netstat.*"""',
    );
    expect(code).toBe(0);
    expect(await registryValue(SERVICE_KEY, 'ImagePath')).toBe(
      `"${PROGRAM}" --service --web.listen-address=127.0.0.1:${port} --web.telemetry-path=/own/metrics --collector.interval=1s "--collector.process.include=a b|netstat.*" --config.file=${CONFIG_FILE}`,
    );
    expect(await registryValue(SERVICE_KEY, 'ObjectName')).toBe('NT AUTHORITY\\LocalService');
    expect(await registryValue(SERVICE_KEY, 'DelayedAutoStart')).toBe('0x1');
    const text = await scrape('/own/metrics');
    const own = { process: 'netstat-exporter.exe', services: SERVICE };
    expect(sampleValue(text, 'netstat_process_tcp_connections', { ...own, state: 'listen' })).toBeGreaterThan(0);
    expect(versionOf(text)).toBe(packageJson.version);
    expect(readServiceStatus(SERVICE).state).toBe('running');
    expect(await apps()).toEqual([packageJson.version]);
  });

  it('lays the program, what it loads, the licences and a configuration in which nothing is set', async () => {
    const files = [
      /^LICENSE\.txt$/,
      /^THIRD-PARTY-NOTICES\.txt$/,
      /^koffi-[0-9a-f]{32}\.node$/,
      /^netstat-exporter\.exe$/,
    ];
    expect(readdirSync(FOLDER).sort()).toEqual(files.map((name) => expect.stringMatching(name)));
    expect(readdirSync(CONFIG_FOLDER)).toEqual(['config.yaml']);
    const set = readFileSync(CONFIG_FILE, 'utf8')
      .split('\r\n')
      .filter((line) => !/^(?:#.*)?$/.test(line));
    expect(set).toEqual([]);
  });

  it('keeps its service from the commands of those who have the program alone', async () => {
    for (const command of ['install', 'uninstall']) {
      const { code, stderr } = await ran(PROGRAM, 'service', command);
      expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('msiexec') });
    }
    expect(readServiceStatus(SERVICE).state).toBe('running');
  });

  it('is upgraded while it runs, and keeps the properties and the configuration', async () => {
    writeFileSync(CONFIG_FILE, '# mine\ncollector.disable: [ephemeral]\n');
    expect(await msiexec('/i', NEXT_PACKAGE)).toBe(0);
    const text = await scrape('/own/metrics');
    expect(versionOf(text)).toBe(NEXT_VERSION);
    expect(text).not.toContain('netstat_ephemeral');
    expect(text).toContain('netstat_listener_info');
    expect(readFileSync(CONFIG_FILE, 'utf8')).toContain('# mine');
    expect(await registryValue(SERVICE_KEY, 'ImagePath')).toContain(' "--collector.process.include=a b|netstat.*"');
    expect(await registryValue(SETTINGS_KEY, 'REMOTE_ADDR')).toBe('192.0.2.0/24,198.51.100.7');
    expect(await apps()).toEqual([NEXT_VERSION]);
  });

  it('refuses the older version', async () => {
    expect(await msiexec('/i', PACKAGE)).toBe(ERROR_INSTALL_FAILURE);
    expect(await apps()).toEqual([NEXT_VERSION]);
    expect(versionOf(await scrape('/own/metrics'))).toBe(NEXT_VERSION);
  });

  it('takes a property that is given anew', async () => {
    expect(await msiexec('/i', NEXT_PACKAGE, 'REINSTALL=ALL', 'METRICS_PATH=/other')).toBe(0);
    expect(versionOf(await scrape('/other'))).toBe(NEXT_VERSION);
    expect(await registryValue(SETTINGS_KEY, 'METRICS_PATH')).toBe('/other');
  });

  it('leaves nothing but the edited configuration when it is removed', async () => {
    expect(await msiexec('/x', NEXT_PACKAGE)).toBe(0);
    await expect(fetch(`http://127.0.0.1:${port}/other`)).rejects.toThrow();
    expect(readFileSync(CONFIG_FILE, 'utf8')).toContain('# mine');
    rmSync(CONFIG_FOLDER, { recursive: true });
    expect(changes()).toEqual({ files: SAME, machine: SAME, user: SAME });
  });

  it('leaves nothing at all where nothing was edited', async () => {
    expect(await msiexec('/i', PACKAGE)).toBe(0);
    expect(await registryValue(SERVICE_KEY, 'ImagePath')).toBe(`"${PROGRAM}" --service --config.file=${CONFIG_FILE}`);
    expect(await msiexec('/x', PACKAGE)).toBe(0);
    expect(changes()).toEqual({ files: SAME, machine: SAME, user: SAME });
  });

  it('takes a configuration that an administrator has written before', async () => {
    mkdirSync(CONFIG_FOLDER);
    writeFileSync(CONFIG_FILE, `web.listen-address: "127.0.0.1:${port}"\n`);
    expect(await msiexec('/i', PACKAGE)).toBe(0);
    expect(versionOf(await scrape())).toBe(packageJson.version);
    expect(await msiexec('/x', PACKAGE)).toBe(0);
    expect(existsSync(CONFIG_FILE)).toBe(true);
    rmSync(CONFIG_FOLDER, { recursive: true });
    expect(changes()).toEqual({ files: SAME, machine: SAME, user: SAME });
  });

  it.each([
    ['a flag that there is not', 'EXTRA_FLAGS=--nonsense'],
    ['a secret', 'EXTRA_FLAGS=--otlp.headers=authorization=x'],
    ['a configuration that is not there', 'CONFIG_FILE=C:\\nowhere.yaml'],
    ['no port', 'LISTEN_PORT=abc'],
    ['a port above all', 'LISTEN_PORT=65536'],
  ])('is not installed with %s, and nothing is left', async (_name, property) => {
    expect([ERROR_INSTALL_FAILURE, ...(isWine ? [ERROR_FUNCTION_FAILED] : [])]).toContain(
      await msiexec('/i', PACKAGE, property),
    );
    // Wine takes back neither a file that it has laid nor runs what would.
    if (isWine) rmSync(CONFIG_FOLDER, { recursive: true, force: true });
    expect(changes()).toEqual({ files: SAME, machine: SAME, user: SAME });
  });
});
