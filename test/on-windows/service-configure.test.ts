// World: Windows, as an administrator, or Wine (npm run test:windows); netstat-exporter.exe, and a service that `sc` makes as a package would.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { win32 } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { readText } from '../support/exposition.ts';
import { freePort } from '../support/free-port.ts';
import { PATIENCE } from '../support/patience.ts';
import { difference, filesBelow, registryBelow } from './host-state.ts';
import { readServiceStatus } from './service-status.ts';
import { describeSingleProgram, EXECUTABLE, type Ran, ran } from './single-program.ts';

const SERVICE = 'netstat-exporter';
/** With a blank, as each folder of programs has one. */
const FOLDER = 'C:\\Program Files\\netstat-exporter package';
const PROGRAM = `${FOLDER}\\netstat-exporter.exe`;
const DATA = 'C:\\ProgramData\\netstat-exporter test';
const CONFIG = `${DATA}\\config.yaml`;
const SERVICES = 'HKLM\\SYSTEM\\CurrentControlSet\\Services';
const SOURCE = `${SERVICES}\\EventLog\\Application\\${SERVICE}`;
const PACKAGE = 'HKLM\\SOFTWARE\\netstat-exporter';

const isWine = spawnSync('reg.exe', ['query', 'HKCU\\Software\\Wine']).status === 0;
/** What Wine lacks. On Windows there is to be no warning at all. */
const WINE_WARNING =
  /^warning: (?:ChangeServiceConfig2W\(.*\) failed: 124 \(Invalid level\.\)|INetFwRules::Item\(.*\) failed: 0x80004001 .*)\r?$/;

/** What the program says, without what Wine lacks. */
async function service(...args: readonly string[]): Promise<Ran> {
  const { code, stdout, stderr } = await ran(PROGRAM, 'service', ...args);
  const lines = stderr.split('\n').filter((line) => line !== '' && !(isWine && WINE_WARNING.test(line)));
  return { code, stdout, stderr: lines.join('\n') };
}

async function succeed(file: string, ...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await ran(file, ...args);
  expect({ code, stdout, stderr }).toMatchObject({ code: 0 });
  return stdout;
}

const create = (commandLine: string) =>
  succeed('sc.exe', 'create', SERVICE, 'binPath=', commandLine, 'start=', 'auto', 'DisplayName=', SERVICE);
const remove = () => ran('sc.exe', 'delete', SERVICE);
const query = (key: string) => ran('reg.exe', 'query', key);

describeSingleProgram('the service of a package', () => {
  let port: number;

  beforeAll(async () => {
    port = await freePort('127.0.0.1');
    cpSync(win32.dirname(EXECUTABLE), FOLDER, { recursive: true });
  });
  afterAll(async () => {
    await remove();
    for (const folder of [FOLDER, DATA]) rmSync(folder, { recursive: true, force: true });
  });

  it('has all that service install gives, runs, and leaves nothing behind', async () => {
    const before = { services: registryBelow(SERVICES), files: filesBelow('C:\\') };
    mkdirSync(DATA);
    writeFileSync(CONFIG, '# log.level: info\r\n');
    // As the properties of a package come out: a quotation mark in the middle, two blanks, one at the end.
    await create(`"${PROGRAM}" --service  --config.file="${CONFIG}" --web.listen-address=127.0.0.1:${port} `);
    const configured = await service('configure', `--private-folder=${DATA}\\.`);
    expect(configured).toMatchObject({ code: 0, stderr: '' });
    expect(configured.stdout).toContain(`${DATA} is shut: only administrators and the service ${SERVICE} may read it`);

    const { stdout: settings } = await query(`${SERVICES}\\${SERVICE}`);
    const line = `"${PROGRAM}" --service --web.listen-address=127.0.0.1:${port} "--config.file=${CONFIG}"`;
    expect(settings).toMatch(/ObjectName\s+REG_SZ\s+NT AUTHORITY\\LocalService\s/);
    expect(settings).toMatch(/DelayedAutoStart\s+REG_DWORD\s+0x1\s/);
    expect(settings).toMatch(/Description\s+REG_SZ\s+Exports who holds the TCP and UDP ports/);
    expect(settings).toContain(line);
    expect((await query(SOURCE)).stdout).toContain('EventCreate.exe');
    // Wine keeps neither, and its tools tell nothing.
    if (!isWine) {
      expect(await succeed('sc.exe', 'qfailure', SERVICE)).toMatch(/RESTART.*5000/);
      expect(await succeed('sc.exe', 'qsidtype', SERVICE)).toContain('UNRESTRICTED');
      expect(await succeed('icacls.exe', CONFIG)).toContain(`NT SERVICE\\${SERVICE}:(I)(R)`);
    }
    expect(await service('configure')).toEqual({
      code: 0,
      stdout: `the service ${SERVICE} is configured like this already\n`,
      stderr: '',
    });

    expect(await service('start')).toMatchObject({ code: 0, stderr: '' });
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`, { headers: { connection: 'close' } })).text();
    const listeners = readText(text).samples.filter(({ name }) => name === 'netstat_listener_info');
    const own = { address: '127.0.0.1', port: String(port), process: 'netstat-exporter.exe', services: SERVICE };
    expect(listeners.map(({ labels }) => labels)).toContainEqual(expect.objectContaining(own));
    expect(await service('stop')).toMatchObject({ code: 0, stderr: '' });
    await vi.waitFor(() => expect(readServiceStatus(SERVICE).state).toBe('stopped'), PATIENCE);

    expect(await service('configure', '--remove', `--empty-config=${CONFIG}`)).toEqual({
      code: 0,
      stdout: `the event source ${SERVICE} is removed\n${CONFIG} is deleted: nothing was set in it\n${DATA} is deleted\n`,
      stderr: '',
    });
    expect(readServiceStatus(SERVICE).state).toBe('stopped');
    expect(await service('configure', '--remove', `--empty-config=${CONFIG}`)).toMatchObject({
      code: 0,
      stdout: 'there was nothing to remove\n',
    });
    await remove();
    await vi.waitFor(
      () => expect(difference(before.services, registryBelow(SERVICES))).toEqual({ lost: [], new: [] }),
      PATIENCE,
    );
    expect(difference(before.files, filesBelow('C:\\'))).toEqual({ lost: [], new: [] });
  });

  it.each([
    ['there is none', undefined, 'is not installed'],
    ['it starts another program', '"C:\\nowhere\\netstat-exporter.exe" --service', "is another program's"],
    ['its flags are wrong', `"${PROGRAM}" --service --log.lvel=info`, 'did you mean log.level?'],
    ['Windows would change them', `"${PROGRAM}" --service --collector.process.include=%OS%`, '"%OS%"'],
    ['it could not start', `"${PROGRAM}" --service --config.file=C:\\nowhere\\x.yaml`, 'cannot be read'],
  ])('is refused when %s, and left as it was', async (_, commandLine, message) => {
    if (commandLine !== undefined) await create(commandLine);
    try {
      const before = registryBelow(SERVICES);
      const { code, stdout, stderr } = await service('configure', `--private-folder=${DATA}`);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(/^netstat-exporter: [^\n]+$/);
      expect(stderr).toContain(message);
      expect(registryBelow(SERVICES)).toEqual(before);
      expect(existsSync(DATA)).toBe(false);
    } finally {
      await remove();
    }
  });

  describe('that a package of Windows Installer has put there', () => {
    beforeAll(() => create(`"${PROGRAM}" --service`));
    afterAll(() => ran('reg.exe', 'delete', PACKAGE, '/f'));

    const packageIn = (folder: string) =>
      succeed('reg.exe', 'add', PACKAGE, '/v', 'InstallFolder', '/t', 'REG_SZ', '/d', folder, '/f');

    it('is the package’s to change and to remove', async () => {
      await packageIn(`${FOLDER}\\`);
      for (const command of ['install', 'uninstall']) {
        const { code, stdout, stderr } = await service(command);
        expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
        expect(stderr).toMatch(
          /^netstat-exporter: service \w+: .* belongs to a package of Windows Installer.*msiexec [^\n]*$/,
        );
      }
      expect(readServiceStatus(SERVICE).state).toBe('stopped');
    });

    it('is nobody else’s when that package is gone and has left its key', async () => {
      await packageIn('C:\\Somewhere else\\');
      expect(await service('uninstall')).toMatchObject({ code: 0 });
      expect(() => readServiceStatus(SERVICE)).toThrow();
      expect(readFileSync(PROGRAM).length).toBeGreaterThan(0);
    });
  });
});
