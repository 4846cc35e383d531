// World: Windows or Wine (npm run test:windows); the executable for Windows. Provided by: npm run build:exe, on Linux
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { KOFFI_FILE } from '../../src/single-file/koffi-file.ts';
import { sampleValue } from '../support/exposition.ts';
import {
  type Ended,
  type ProgramProcess,
  type RunningProgram,
  untilEnded,
  untilListening,
} from '../support/program.ts';
import { EXECUTABLE, EXECUTABLE_FOLDER, executableAlone } from '../support/windows-executable.ts';
import { fileProperties } from './file-properties.ts';

const LISTEN = '--web.listen-address=127.0.0.1:0';
/** Of this user: what programs keep for themselves. */
const OWN_FOLDER = join(userInfo().homedir, 'AppData', 'Local', 'netstat-exporter');

const folder = mkdtempSync(join(tmpdir(), 'netstat-exporter-single-'));
const program = join(folder, 'netstat-exporter.exe');
const isBuilt = existsSync(EXECUTABLE);
beforeAll(() => {
  if (isBuilt) executableAlone(folder);
  rmSync(OWN_FOLDER, { recursive: true, force: true });
});
afterAll(() => {
  rmSync(folder, { recursive: true });
  rmSync(OWN_FOLDER, { recursive: true, force: true });
});

function start(file: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}): ProgramProcess {
  return spawn(file, args, { cwd: folder, env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
}

const run = (...args: readonly string[]): Promise<Ended> => untilEnded(start(program, args));
const serve = (environment?: NodeJS.ProcessEnv): Promise<RunningProgram> =>
  untilListening(start(program, [LISTEN], environment));

async function unpackedFile(): Promise<string> {
  await (await serve()).end('SIGKILL');
  const [name = ''] = readdirSync(OWN_FOLDER);
  expect(name).toMatch(KOFFI_FILE);
  return join(OWN_FOLDER, name);
}

describe.skipIf(!isBuilt)('the executable', () => {
  it('says its version', async () => {
    const { code, stdout } = await run('--version');
    expect(code).toBe(0);
    expect(stdout).toContain(`netstat-exporter, version ${packageJson.version}`);
    expect(stdout).toContain(`Node.js ${process.versions.node}`);
  });

  it('answers a scrape with its own listener, under its own name', async () => {
    await using running = await serve();
    const text = await running.scrape();
    const listening = { state: 'listen' };
    const { port } = new URL(running.url);
    expect(sampleValue(text, 'netstat_port_tcp_connections', { ...listening, port })).toBe(1);
    expect(
      sampleValue(text, 'netstat_process_tcp_connections', { ...listening, process: 'netstat-exporter.exe' }),
    ).toBe(1);
    for (const part of ['tcp4', 'tcp6', 'udp4', 'udp6', 'processes', 'services'])
      expect(sampleValue(text, 'netstat_exporter_collection_success', { part }), part).toBe(1);
  });

  it('has the thread that asks WMI in it', async () => {
    await using running = await serve();
    const told = (): string =>
      running
        .log()
        .split('\n')
        .findLast((line) => line.includes('part=ephemeral_range')) ?? '';
    do await running.scrape();
    while (told().includes('WMI has not answered yet'));
    expect(running.log()).not.toContain('WMI worker');
  });

  it.each(['--require=C:\\missing.js', '--inspect=127.0.0.1:0'])(
    'is not changed by NODE_OPTIONS=%s',
    async (options) => {
      await using running = await serve({ NODE_OPTIONS: options });
      expect(await running.scrape()).toContain('netstat_tcp_connections{');
      expect(running.log()).not.toContain('Debugger');
    },
  );
});

describe.skipIf(!isBuilt)("koffi's binary", () => {
  it("is written to this user's own folder, once", async () => {
    const file = await unpackedFile();
    const { mtimeMs, size } = statSync(file);
    await (await serve()).end('SIGKILL');
    expect(statSync(file)).toMatchObject({ mtimeMs, size });
    expect(readdirSync(OWN_FOLDER)).toHaveLength(1);
    expect(readdirSync(folder)).toEqual(['netstat-exporter.exe']);
  });

  it('is written again when it was changed', async () => {
    const file = await unpackedFile();
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.subarray(1));
    await unpackedFile();
    expect(readFileSync(file).equals(bytes)).toBe(true);
  });

  it('is not written where it is beside the program', async () => {
    rmSync(OWN_FOLDER, { recursive: true, force: true });
    expect(readdirSync(EXECUTABLE_FOLDER).filter((name) => KOFFI_FILE.test(name))).toHaveLength(1);
    await using running = await untilListening(start(EXECUTABLE, [LISTEN]));
    expect(await running.scrape()).toContain('netstat_tcp_connections{');
    expect(() => statSync(OWN_FOLDER)).toThrow('ENOENT');
  });
});

it.skipIf(!isBuilt)('Windows finds our version and icon in it, and a checksum that holds', () => {
  const { version, strings, iconSizes, checksums } = fileProperties(program);
  const [major, minor, patch] = packageJson.version.split('.').map(Number);
  expect(version).toEqual([major, minor, patch, 0]);
  expect(strings).toEqual({
    ProductName: 'netstat-exporter',
    ProductVersion: packageJson.version,
    FileDescription: 'Prometheus and OTLP exporter of who holds TCP and UDP ports',
    LegalCopyright: expect.stringContaining('Apache License 2.0'),
    OriginalFilename: 'netstat-exporter.exe',
  });
  expect(iconSizes).toEqual([16, 20, 24, 32, 40, 48, 64, 256]);
  expect(checksums.stored).toBe(checksums.computed);
});
