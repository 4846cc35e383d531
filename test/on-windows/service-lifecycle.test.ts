// World: Windows, as an administrator, or Wine (npm run test:windows); netstat-exporter.exe, and a receiver on loopback.
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { readText, sampleValue } from '../support/exposition.ts';
import { freePort } from '../support/free-port.ts';
import { parseRequest, pointsOf } from '../support/otlp-json.ts';
import { startHttpReceiver } from '../support/otlp-receiver.ts';
import { PATIENCE } from '../support/patience.ts';
import { difference, filesBelow, registryBelow } from './host-state.ts';
import { readServiceStatus } from './service-status.ts';
import { describeSingleProgram, downloadedProgram, ran } from './single-program.ts';

const ROUNDS = 20;
const SERVICE = 'netstat-exporter';
const INSTALLED = 'C:\\Program Files\\netstat-exporter\\netstat-exporter.exe';
const SERVICES_KEY = 'HKLM\\SYSTEM\\CurrentControlSet\\Services';
const TIMEOUT_MS = 600_000;
const NEXT_COLLECTION_MS = 2_500;

let program: ReturnType<typeof downloadedProgram>;
let port: number;

/** What Wine lacks. */
const WINE_WARNING =
  /^warning: (?:ChangeServiceConfig2W\(.*\) failed: 124 \(Invalid level\.\)|INetFwRules::Item\(.*\) failed: 0x80004001 .*)\r?$/;

/** On Windows there is to be no warning at all. */
const isWine = spawnSync('reg.exe', ['query', 'HKCU\\Software\\Wine']).status === 0;

async function service(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await ran(program.file, 'service', ...args);
  const complaints = stderr.split('\n').filter((line) => line !== '' && !(isWine && WINE_WARNING.test(line)));
  expect({ code, complaints }, args.join(' ')).toEqual({ code: 0, complaints: [] });
  return stdout;
}

async function net(verb: 'start' | 'stop'): Promise<void> {
  const { code, stdout, stderr } = await ran('net.exe', verb, SERVICE);
  expect({ code, stdout, stderr }).toMatchObject({ code: 0 });
}

/** A connection of its own, as the one before was another process'. */
const ONCE = { headers: { connection: 'close' } } as const;

function url(path: string): string {
  return `http://127.0.0.1:${port}${path}`;
}

async function scrape(): Promise<string> {
  return (await fetch(url('/metrics'), ONCE)).text();
}

describeSingleProgram('the service', () => {
  beforeAll(async () => {
    program = downloadedProgram();
    port = await freePort('127.0.0.1');
  });
  afterAll(() => program[Symbol.dispose]());

  it(`is installed, started, scraped, stopped and removed ${ROUNDS} times, and leaves nothing behind`, {
    timeout: TIMEOUT_MS,
  }, async () => {
    const whole = { registry: registryBelow('HKLM'), user: registryBelow('HKCU') };
    const files = filesBelow('C:\\');
    const services = registryBelow(SERVICES_KEY);
    for (let round = 1; round <= ROUNDS; round++) {
      const said = await service('install', `--web.listen-address=127.0.0.1:${port}`);
      expect(said, `round ${round}`).toContain(`net start ${SERVICE}`);
      await net('start');
      // Wine's `net` waits neither until the service runs nor until it has stopped.
      const text = await vi.waitFor(scrape, PATIENCE);
      const own = { process: 'netstat-exporter.exe', services: SERVICE };
      expect(sampleValue(text, 'netstat_process_tcp_connections', { ...own, state: 'listen' })).toBeGreaterThan(0);
      const listener = { protocol: 'tcp', address: '127.0.0.1', port: String(port), process: 'netstat-exporter.exe' };
      const listeners = readText(text).samples.filter(({ name }) => name === 'netstat_listener_info');
      expect(listeners.map(({ labels }) => labels)).toContainEqual(expect.objectContaining(listener));
      await net('stop');
      await vi.waitFor(() => expect(readServiceStatus(SERVICE).state).toBe('stopped'), PATIENCE);
      expect(readServiceStatus(SERVICE).exitCode).toBe(0);
      await expect(scrape()).rejects.toThrow();
      await service('uninstall');
      expect(difference(files, filesBelow('C:\\')), `files after round ${round}`).toEqual({ lost: [], new: [] });
      expect(difference(services, registryBelow(SERVICES_KEY)), `services after round ${round}`).toEqual({
        lost: [],
        new: [],
      });
    }
    expect(difference(whole.registry, registryBelow('HKLM'))).toEqual({ lost: [], new: [] });
    expect(difference(whole.user, registryBelow('HKCU'))).toEqual({ lost: [], new: [] });
  });

  it('runs its own copy of the program, with the flags that it was given', async () => {
    await service('install', `--web.listen-address=127.0.0.1:${port}`, '--collector.process.include=a b"c.*');
    expect(existsSync(INSTALLED)).toBe(true);
    const { stdout } = await ran('reg.exe', 'query', `${SERVICES_KEY}\\${SERVICE}`);
    expect(stdout).toContain(INSTALLED);
    expect(
      await service('install', `--web.listen-address=127.0.0.1:${port}`, '--collector.process.include=a b"c.*'),
    ).toContain('already');
    expect(await service('install', `--web.listen-address=127.0.0.1:${port}`)).toContain('command line');
  });

  it('is running anew, with other flags, when it was running while it is installed again', async () => {
    await service('start');
    const { pid } = readServiceStatus(SERVICE);
    await service('install', `--web.listen-address=127.0.0.1:${port}`, '--web.telemetry-path=/other');
    const after = readServiceStatus(SERVICE);
    expect(after.state).toBe('running');
    expect(after.pid).not.toBe(pid);
    expect((await fetch(url('/other'), ONCE)).status).toBe(200);
    await service('stop');
  });

  it('pushes once more when it is stopped', async () => {
    await using receiver = await startHttpReceiver((response) => response.end('{}'));
    const push = [
      `--otlp.endpoint=http://127.0.0.1:${receiver.port}`,
      '--otlp.protocol=http/json',
      '--collector.interval=1s',
    ];
    await service('install', `--web.listen-address=127.0.0.1:${port}`, '--otlp.interval=1h', ...push);
    await service('start');
    await vi.waitFor(() => expect(receiver.requests.length).toBeGreaterThan(0), PATIENCE);
    const before = receiver.requests.length;
    // What is pushed is never the same collection twice.
    await sleep(NEXT_COLLECTION_MS);
    await service('stop');
    expect(receiver.requests.length).toBe(before + 1);
    expect(pointsOf(parseRequest(receiver.requests.at(-1)?.body)).length).toBeGreaterThan(0);
  });

  it('that cannot start says so with an exit code of its own', async () => {
    await service('install', '--web.listen-address=192.0.2.1:1');
    const { code, stderr } = await ran(program.file, 'service', 'start');
    expect(code).toBe(2);
    expect(stderr).toContain('its own exit code 2');
    expect(readServiceStatus(SERVICE)).toMatchObject({ state: 'stopped', exitCode: 1066, specificExitCode: 2 });
  });

  it('that ran, and cannot start with the options that it is given, says that it is stopped', async () => {
    await service('install', `--web.listen-address=127.0.0.1:${port}`);
    await service('start');
    const { code, stderr } = await ran(program.file, 'service', 'install', '--web.listen-address=192.0.2.1:1');
    expect(code).toBe(2);
    expect(stderr).toContain('its own exit code 2');
    expect(stderr).toMatch(/; it ran before, and is stopped now\r?\n$/);
    expect(readServiceStatus(SERVICE).state).toBe('stopped');
  });

  it('has a folder of its own for its configuration, if it is asked for', async () => {
    const folder = 'C:\\ProgramData\\netstat-exporter lifecycle';
    try {
      const said = await service('install', `--web.listen-address=127.0.0.1:${port}`, `--private-folder=${folder}`);
      expect(said).toContain(`${folder} is made: only administrators and the service ${SERVICE} may read it`);
      expect(existsSync(folder)).toBe(true);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('tells its state in words and by its exit code', async () => {
    await service('install', `--web.listen-address=127.0.0.1:${port}`);
    expect(await ran(program.file, 'service', 'status')).toMatchObject({
      code: 3,
      stdout: expect.stringContaining('stopped'),
    });
    await service('start');
    expect(await ran(program.file, 'service', 'status')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('running'),
    });
    await service('uninstall');
    expect(await ran(program.file, 'service', 'status')).toMatchObject({
      code: 4,
      stdout: expect.stringContaining('is not installed'),
    });
  });
});
