// World: Windows, as an administrator, or Wine (npm run test:windows); packages whose program writes down what Windows Installer has it do.
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { PATIENCE } from '../support/patience.ts';
import { msiexec } from './msi-package.ts';
import {
  type Call,
  describeRecording,
  endRecording,
  installedProducts,
  NEWER_PACKAGE,
  NEWER_VERSION,
  OLDER_PACKAGE,
  OLDER_VERSION,
  refuse,
  startRecording,
  takeCalls,
} from './recording-package.ts';
import { ran } from './single-program.ts';

const FOLDER = 'C:\\Program Files\\netstat-exporter';
const CONFIG_FOLDER = 'C:\\ProgramData\\netstat-exporter';
const CONFIG_FILE = `${CONFIG_FOLDER}\\config.yaml`;
const ERROR_SUCCESS = 0;
const ERROR_SERVICE_DOES_NOT_EXIST = 1060;

const CONFIGURE = `service configure --private-folder="${CONFIG_FOLDER}\\."`;
const REMOVE = `service configure --remove --empty-config="${CONFIG_FILE}"`;
const SERVE = `--service --config.file="${CONFIG_FILE}"`;

/** Before Windows stops the service itself: the program waits until its process has ended, and with it the use of its files. */
const END: Call = { service: 'started', arguments: 'service stop' };

/** The calls of a whole installation: the service is there, and starts when it is configured. */
function installation(service: string, ...firewall: readonly string[]): Call[] {
  const configured = ['', ...firewall].map((flag): Call => ({ service: 'stopped', arguments: CONFIGURE + flag }));
  return [...configured, { service: 'started', arguments: service }];
}

/** Whether the service is stopped for these alone is Windows' own choice. */
function configurations(calls: readonly Call[]): string[] {
  return calls.map((call) => call.arguments).filter((text) => text.startsWith('service configure'));
}

/** A service that has been started may not have been called yet. */
async function callsUpToStart(): Promise<Call[]> {
  const calls: Call[] = [];
  await vi.waitFor(() => {
    calls.push(...takeCalls());
    expect(calls.at(-1)?.arguments).toMatch(/^--service/);
  }, PATIENCE);
  return calls;
}

async function install(file: string, ...properties: string[]): Promise<Call[]> {
  expect(await msiexec('/i', file, ...properties), properties.join(' ')).toBe(ERROR_SUCCESS);
  return callsUpToStart();
}

const removeAll = async (): Promise<void> => {
  for (const { code } of await installedProducts()) expect(await msiexec('/x', code)).toBe(ERROR_SUCCESS);
  rmSync(CONFIG_FOLDER, { recursive: true, force: true });
  takeCalls();
};

const isServiceThere = async (): Promise<boolean> =>
  (await ran('sc.exe', 'query', 'netstat-exporter')).code !== ERROR_SERVICE_DOES_NOT_EXIST;
const versions = async (): Promise<string[]> => (await installedProducts()).map(({ version }) => version);

describeRecording('Windows Installer', () => {
  beforeAll(startRecording);
  afterAll(endRecording);
  afterEach(removeAll);

  it('has the service configured once it is there, starts it after that, and has it undone while it is stopped', async () => {
    expect(await install(OLDER_PACKAGE)).toEqual(installation(SERVE));
    expect(await msiexec('/x', OLDER_PACKAGE)).toBe(ERROR_SUCCESS);
    expect(takeCalls()).toEqual([END, { service: 'stopped', arguments: REMOVE }]);
    expect(await isServiceThere()).toBe(false);
    expect(existsSync(FOLDER)).toBe(false);
    expect(await installedProducts()).toEqual([]);
  });

  it('starts the service with what is given, and shows the program among the apps', async () => {
    const given = [
      'LISTEN_ADDR=[::1]',
      'LISTEN_PORT=1',
      'METRICS_PATH=/own/metrics',
      'CONFIG_FILE="C:\\My Files\\c.yaml"',
    ];
    expect(await install(OLDER_PACKAGE, ...given, 'EXTRA_FLAGS="--a --b=""c d"" --e"')).toEqual(
      installation(
        '--service --config.file="C:\\My Files\\c.yaml" --web.listen-address=[::1]:1 --web.telemetry-path=/own/metrics --a --b="c d" --e',
      ),
    );
    const [product] = await installedProducts();
    expect(product?.entry).toMatch(/Publisher +REG_SZ +The netstat-exporter authors\b/);
    expect(product?.entry).toMatch(/InstallLocation +REG_SZ +C:\\Program Files\\netstat-exporter\\\r/);
    expect(product?.entry).toMatch(/NoModify +REG_DWORD +0x1\b/);
  });

  it('puts the program where it is told to, and an upgrade keeps it there', async () => {
    await install(OLDER_PACKAGE, 'APPLICATIONFOLDER="C:\\Other Folder\\"', 'LISTEN_ADDR=127.0.0.1');
    const upgrade = await install(NEWER_PACKAGE);
    expect(upgrade.at(-1)?.arguments).toBe(`${SERVE} --web.listen-address=127.0.0.1:19182`);
    expect(readdirSync('C:\\Other Folder')).toContain('netstat-exporter.exe');
    expect(existsSync(FOLDER)).toBe(false);
    await removeAll();
    expect(existsSync('C:\\Other Folder')).toBe(false);
  });

  it('upgrades with all that was given, the firewall too, and leaves one product', async () => {
    const given = ['LISTEN_PORT=9200', 'METRICS_PATH=/mine', 'EXTRA_FLAGS="--a --b"', 'REMOTE_ADDR=192.0.2.7'];
    const serve = `${SERVE} --web.listen-address=:9200 --web.telemetry-path=/mine --a --b`;
    const firewall = ' --firewall="192.0.2.7"';
    // The feature alone: with it comes all that it is a part of.
    expect(await install(OLDER_PACKAGE, ...given, 'ADDLOCAL=FirewallException')).toEqual(installation(serve, firewall));
    writeFileSync(CONFIG_FILE, 'log.level: debug\n');
    expect((await install(NEWER_PACKAGE)).slice(-3)).toEqual(installation(serve, firewall));
    expect(readFileSync(CONFIG_FILE, 'utf8')).toBe('log.level: debug\n');
    expect(await versions()).toEqual([NEWER_VERSION]);
  });

  it('upgrades with what is given anew, and lets nobody through who was not', async () => {
    await install(OLDER_PACKAGE, 'LISTEN_PORT=9200', 'METRICS_PATH=/mine', 'REMOTE_ADDR=192.0.2.7');
    const upgrade = await install(NEWER_PACKAGE, 'METRICS_PATH=/other');
    expect(upgrade.slice(-2)).toEqual(installation(`${SERVE} --web.listen-address=:9200 --web.telemetry-path=/other`));
    expect(configurations(upgrade).filter((text) => text.includes('--firewall'))).toEqual([]);
    expect(await msiexec('/i', OLDER_PACKAGE), 'the older version').not.toBe(ERROR_SUCCESS);
    expect(takeCalls()).toEqual([]);
    expect(await versions()).toEqual([NEWER_VERSION]);
  });

  it('adds the firewall to what is installed, where that can be had, and takes it away', async () => {
    await install(OLDER_PACKAGE, 'METRICS_PATH=/mine');
    using _refused = refuse('--firewall');
    expect(await msiexec('/i', OLDER_PACKAGE, 'ADDLOCAL=FirewallException')).toBe(ERROR_SUCCESS);
    expect(configurations(takeCalls())).toEqual([CONFIGURE, `${CONFIGURE} --firewall="any"`]);
    expect(await msiexec('/i', OLDER_PACKAGE, 'REMOVE=FirewallException')).toBe(ERROR_SUCCESS);
    expect(configurations(takeCalls())).toEqual([CONFIGURE]);
  });

  it('takes another property when the same package is installed again, and repairs what was changed', async () => {
    await install(OLDER_PACKAGE, 'LISTEN_PORT=9200', 'METRICS_PATH=/mine');
    const notices = `${FOLDER}\\THIRD-PARTY-NOTICES.txt`;
    const before = readFileSync(notices, 'utf8');
    writeFileSync(notices, 'changed');
    rmSync(`${FOLDER}\\LICENSE.txt`);
    writeFileSync(CONFIG_FILE, 'log.level: debug\n');
    expect(await install(OLDER_PACKAGE, 'LISTEN_PORT=9201')).toEqual([
      END,
      ...installation(`${SERVE} --web.listen-address=:9201 --web.telemetry-path=/mine`),
    ]);
    expect(await msiexec('/i', OLDER_PACKAGE, 'LISTEN_PORT=abc')).not.toBe(ERROR_SUCCESS);
    expect(takeCalls()).toEqual([]);
    expect(readFileSync(notices, 'utf8')).toBe(before);
    expect(existsSync(`${FOLDER}\\LICENSE.txt`)).toBe(true);
    expect(readFileSync(CONFIG_FILE, 'utf8')).toBe('log.level: debug\n');
    expect(await versions()).toEqual([OLDER_VERSION]);
  });

  it('starts no service that cannot be configured, and keeps nothing of it', async () => {
    using _refused = refuse('--private-folder');
    expect(await msiexec('/i', OLDER_PACKAGE)).not.toBe(ERROR_SUCCESS);
    expect(takeCalls().filter((call) => call.arguments.startsWith('--service'))).toEqual([]);
    expect(await isServiceThere()).toBe(false);
    expect(existsSync(FOLDER)).toBe(false);
    expect(await versions()).toEqual([]);
  });

  it.each(['abc', '0', '65536', '-1', '9.5'])('refuses the port %s before it does anything', async (port) => {
    expect(await msiexec('/i', OLDER_PACKAGE, `LISTEN_PORT=${port}`)).not.toBe(ERROR_SUCCESS);
    expect(takeCalls()).toEqual([]);
    expect(existsSync(CONFIG_FOLDER)).toBe(false);
  });
});
