// World: this host; the executable for Linux, which is built here.
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { KOFFI_FILE } from '../../src/single-file/koffi-file.ts';
import { sampleValue } from '../support/exposition.ts';
import { startGrpcReceiver, startHttpReceiver } from '../support/otlp-receiver.ts';
import { PATIENCE } from '../support/patience.ts';
import { untilEnded, untilListening } from '../support/program.ts';
import { PASSWORD, USER, USER_LINES } from '../support/web-config-files.ts';
import {
  type BuiltExecutable,
  buildForLinux,
  canBeOrdinaryUser,
  type Place,
  plantPackage,
  start,
  startAsOrdinaryUser,
} from './executable.ts';

const LISTEN = '--web.listen-address=127.0.0.1:0';
const RECORDING = join(import.meta.dirname, '../fixtures/windows-server.jsonl');

let built: BuiltExecutable;
let place: Place;

beforeAll(async () => {
  built = await buildForLinux();
  place = built.alone();
});
afterAll(() => built?.[Symbol.dispose]());

const running = (...args: readonly string[]) => untilListening(start(place, { args: [LISTEN, ...args] }));
const koffiIn = (folder: string): string =>
  join(folder, readdirSync(folder).find((name) => KOFFI_FILE.test(name)) ?? '');

it('comes with the licences of what is in it', () => {
  expect(readdirSync(built.folder).sort()).toEqual([
    'LICENSE',
    'THIRD-PARTY-NOTICES.txt',
    expect.stringMatching(KOFFI_FILE),
    'netstat-exporter',
  ]);
  const notices = readFileSync(join(built.folder, 'THIRD-PARTY-NOTICES.txt'), 'utf8');
  const headings = Array.from(notices.matchAll(/^== (\S+) (\S+).* ==$/gm), ([, name, version]) => [name, version]);
  expect(headings).toContainEqual(['Node.js', packageJson.devDependencies.node]);
  for (const dependency of Object.entries(packageJson.dependencies)) expect(headings).toContainEqual(dependency);
});

it('names no folder of the machine that made it', () => {
  const program = readFileSync(place.program);
  expect(program.includes(join(import.meta.dirname, '../..'))).toBe(false);
  expect(program.includes(built.folder)).toBe(false);
});

describe.skipIf(!canBeOrdinaryUser())('for an ordinary user, from an empty folder', () => {
  it('serves what the host has, its own port included', async () => {
    const ours = built.alone();
    await using program = await untilListening(startAsOrdinaryUser(ours, { args: [LISTEN] }));
    const text = await program.scrape();
    const listening = { state: 'listen' };
    expect(sampleValue(text, 'netstat_port_tcp_connections', { ...listening, port: new URL(program.url).port })).toBe(
      1,
    );
    expect(sampleValue(text, 'netstat_process_tcp_connections', { ...listening, process: 'netstat-exporter' })).toBe(1);
    for (const part of ['tcp4', 'tcp6', 'udp4', 'udp6'])
      expect(sampleValue(text, 'netstat_exporter_collection_success', { part })).toBe(1);
    const folder = join(ours.home, '.cache', 'netstat-exporter');
    expect(readdirSync(folder)).toEqual([expect.stringMatching(KOFFI_FILE)]);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(readFileSync(koffiIn(folder))).toEqual(readFileSync(koffiIn(built.folder)));
    expect(readdirSync(ours.folder)).toEqual(['netstat-exporter']);
  });

  it('ends with one line where the home folder cannot be written', async () => {
    const ours = built.alone();
    rmSync(ours.home, { recursive: true });
    const { code, stderr } = await untilEnded(startAsOrdinaryUser(ours, { args: [LISTEN] }));
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^netstat-exporter: cannot unpack koffi's binary to [^\n]*: EACCES[^\n]*; allowed: [^\n]*koffi-[0-9a-f]{32}\.node beside the program\n$/,
    );
  });
});

describe('what is around it', () => {
  it('says its version, and what runs it', async () => {
    const { stdout } = await untilEnded(start(place, { args: ['--version'] }));
    expect(stdout).toMatch(new RegExp(`^netstat-exporter, version ${packageJson.version}(?: \\(.*\\))?, Node\\.js`));
  });

  it.each(['--require=/missing.js', '--inspect=127.0.0.1:0', '--import=/missing.mjs --max-old-space-size=1'])(
    'NODE_OPTIONS=%s changes nothing',
    async (NODE_OPTIONS) => {
      const child = start(place, { args: [LISTEN], environment: { NODE_OPTIONS } });
      await using program = await untilListening(child);
      expect(sampleValue(await program.scrape(), 'netstat_exporter_collection_success', { part: 'tcp4' })).toBe(1);
      expect(program.log()).not.toContain('Debugger');
    },
  );

  it('loads no package that somebody has put there', async () => {
    const ours = built.alone();
    const marker = join(ours.folder, 'loaded');
    for (const name of ['koffi', 'supports-color', '@koromix/koffi-linux-x64', 'express'])
      plantPackage(ours.folder, name, marker);
    const environment = { NODE_PATH: join(ours.folder, 'node_modules'), DEBUG: '*' };
    await using program = await untilListening(start(ours, { args: [LISTEN], environment }));
    await program.scrape();
    expect(existsSync(marker)).toBe(false);
  });

  it('is no file of node: what stands behind its name are its own arguments', async () => {
    const { code, stderr } = await untilEnded(start(place, { args: ['--eval', '1'] }));
    expect([code, stderr]).toEqual([2, expect.stringContaining('--eval')]);
  });
});

describe("koffi's binary", () => {
  it('is written once, and again when it was changed', async () => {
    const ours = built.alone();
    await (await untilListening(start(ours, { args: [LISTEN] }))).end();
    const file = koffiIn(ours.home);
    const before = readFileSync(file);
    const { ino } = statSync(file);
    await (await untilListening(start(ours, { args: [LISTEN] }))).end();
    expect(statSync(file).ino).toBe(ino);
    writeFileSync(file, Buffer.concat([before.subarray(0, -1), Buffer.from([1 + (before.at(-1) ?? 0)])]));
    await (await untilListening(start(ours, { args: [LISTEN] }))).end();
    expect(readFileSync(file)).toEqual(before);
  });

  it('is taken from beside the program, where it is refused when it was changed', async () => {
    const ours = built.alone();
    const name = readdirSync(built.folder).find((file) => KOFFI_FILE.test(file)) ?? '';
    const bytes = readFileSync(join(built.folder, name));
    writeFileSync(join(ours.folder, name), bytes);
    await (await untilListening(start(ours, { args: [LISTEN] }))).end();
    expect(readdirSync(ours.home)).toEqual([]);
    writeFileSync(join(ours.folder, name), bytes.subarray(1));
    const { code, stderr } = await untilEnded(start(ours, { args: [LISTEN] }));
    expect(code).toBe(2);
    expect(stderr).toBe(
      `netstat-exporter: ${join(ours.folder, name)} has not the content that its name says; allowed: the file that came with this program, or none\n`,
    );
  });

  it('is not needed for a recording', async () => {
    const ours = built.alone();
    await using program = await untilListening(start(ours, { args: [LISTEN, `--source=replay:${RECORDING}`] }));
    expect(await program.scrape()).toContain('netstat_tcp_connections{');
    expect(readdirSync(ours.home)).toEqual([]);
  });
});

describe('in it there is', () => {
  it('the live view', async () => {
    await using program = await running('--web.enable-live-view');
    expect(await (await fetch(`${program.url}/live`)).text()).toContain('<script');
    const { port } = new URL(program.url);
    const endpoints = await (await fetch(`${program.url}/api/v1/endpoints?state=listen&port=${port}`)).json();
    expect(JSON.stringify(endpoints)).toContain(`"localPort":${port}`);
  });

  it('the push over HTTP', async () => {
    await using receiver = await startHttpReceiver((response) => response.end('{}'));
    await using _program = await running(
      `--otlp.endpoint=http://127.0.0.1:${receiver.port}`,
      '--otlp.protocol=http/json',
    );
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(1), PATIENCE);
    expect(String(receiver.requests[0]?.body)).toContain('system.network.connection.count');
  });

  it('the push over gRPC', async () => {
    await using receiver = await startGrpcReceiver((callback) => callback(null, Buffer.alloc(0)));
    await using _program = await running(`--otlp.endpoint=http://127.0.0.1:${receiver.port}`, '--otlp.protocol=grpc');
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(1), PATIENCE);
    expect(String(receiver.requests[0]?.body)).toContain('system.network.connection.count');
  });

  it('the web configuration, and the worker that compares passwords', async () => {
    const file = join(place.home, 'web.yml');
    writeFileSync(file, USER_LINES);
    await using program = await running(`--web.config.file=${file}`);
    const statusFor = async (password: string): Promise<number> => {
      const authorization = `Basic ${Buffer.from(`${USER}:${password}`).toString('base64')}`;
      return (await fetch(`${program.url}/metrics`, { headers: { authorization } })).status;
    };
    expect(await statusFor(PASSWORD)).toBe(200);
    expect(await statusFor('wrong')).toBe(401);
  });

  it('the commands for a terminal', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await vi.waitFor(() => expect(server.listening).toBe(true), PATIENCE);
    const { port } = server.address() as { port: number };
    const { code, stdout } = await untilEnded(start(place, { args: ['connections', '--state=listen'] }));
    server.close();
    expect([code, stdout]).toEqual([0, expect.stringContaining(`127.0.0.1:${port}`)]);
  });

  it('a recorder', async () => {
    const file = join(place.home, 'recording.jsonl');
    const { code } = await untilEnded(start(place, { args: ['record', file] }));
    expect([code, statSync(file).size > 0]).toEqual([0, true]);
  });
});
