// World: openssl, a folder for temporary files. Changes of the web configuration and of what it names, as they happen on disks.
import { cpSync, mkdirSync, renameSync, rmdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ConfigError } from '../../../src/config/error.ts';
import { type ReadFile, readRegularFile } from '../../../src/config/file.ts';
import { loadWebConfig } from '../../../src/config/web/load.ts';
import { type Watch, watchWebConfig } from '../../../src/config/web/watch.ts';
import type { WebConfig } from '../../../src/config/web/web-config.ts';
import { makeCertificates } from '../../support/certificates.ts';
import { PATIENCE } from '../../support/patience.ts';
import { HASH } from './cases.ts';

const certificates = makeCertificates();
afterAll(() => certificates[Symbol.dispose]());

const SERVER = 'tls_server_config: {cert_file: current.pem, key_file: current.key}\n';
const INTERVAL_MS = 5;

let folder = '';
let count = 0;
let watch: Watch | undefined;
let changes: WebConfig[] = [];
let errors: string[] = [];
/** Of the configuration file: each poll begins with it. */
let reads = 0;

beforeEach(() => {
  folder = certificates.path(`watched-${count++}`);
  mkdirSync(folder);
  copy('server');
  changes = [];
  errors = [];
  reads = 0;
});
afterEach(() => watch?.close());

function file(name: string): string {
  return join(folder, name);
}

function write(text: string): void {
  writeFileSync(file('web.yml'), text);
}

/** The certificate and the key of that name become the current ones. */
function copy(name: string, kinds: readonly string[] = ['pem', 'key']): void {
  for (const kind of kinds) cpSync(certificates.path(`${name}.${kind}`), file(`current.${kind}`));
}

interface Following {
  readonly readFile?: ReadFile;
  readonly onChange?: (config: WebConfig) => void;
}

async function follow(text: string, { readFile = readRegularFile, onChange }: Following = {}): Promise<void> {
  write(text);
  const path = file('web.yml');
  watch = watchWebConfig({
    path,
    config: await loadWebConfig(path),
    intervalMs: INTERVAL_MS,
    readFile(read, maximumBytes) {
      if (read === path) reads++;
      return readFile(read, maximumBytes);
    },
    onChange: onChange ?? ((config) => void changes.push(config)),
    onError: ({ message }: ConfigError) => void errors.push(message),
  });
}

/** Enough polls for anything to be seen twice. */
async function somePolls(): Promise<void> {
  const enough = reads + 10;
  await vi.waitFor(() => expect(reads).toBeGreaterThan(enough), PATIENCE);
}

function changed(): Promise<WebConfig> {
  return vi.waitFor(() => {
    const config = changes.at(-1);
    if (config === undefined) throw new Error('no change was told');
    return config;
  }, PATIENCE);
}

async function refused(): Promise<string> {
  return await vi.waitFor(() => {
    const message = errors.at(-1);
    if (message === undefined) throw new Error('no error was told');
    return message;
  }, PATIENCE);
}

describe('a configuration that is watched', () => {
  it('is told once when it changes, and not while it stays', async () => {
    await follow('rate_limit: {interval: 1s, burst: 1}');
    await somePolls();
    expect(changes).toEqual([]);
    write('rate_limit: {interval: 2s, burst: 2}');
    expect((await changed()).rateLimit).toEqual({ intervalMs: 2_000, burst: 2 });
    await somePolls();
    expect([changes.length, errors]).toEqual([1, []]);
  });

  it('is told when it changed between its reading and the watch', async () => {
    write(`basic_auth_users: {alice: ${HASH}}`);
    const config = await loadWebConfig(file('web.yml'));
    write('');
    watch = watchWebConfig({
      path: file('web.yml'),
      config,
      intervalMs: INTERVAL_MS,
      onChange: (next) => void changes.push(next),
      onError: ({ message }) => void errors.push(message),
    });
    expect((await changed()).users.size).toBe(0);
  });

  it.each([
    // A poll reads what is in force, and once more what is new.
    { readings: ['empty', 'whole'], each: 'between the readings of a poll' },
    { readings: ['empty', 'empty', 'whole'], each: 'at every second poll' },
  ])('that is found empty $each has not changed', async ({ readings }) => {
    let reading = 0;
    const flickering: ReadFile = async (path, maximumBytes) =>
      readings[reading++ % readings.length] === 'whole' ? await readRegularFile(path, maximumBytes) : new Uint8Array();
    await follow(`basic_auth_users: {alice: ${HASH}}\n`, { readFile: flickering });
    await somePolls();
    await somePolls();
    expect([changes, errors]).toEqual([[], []]);
  });

  it('that grows while it is written counts when it stays', async () => {
    const whole = `basic_auth_users:\n  alice: ${HASH}\n`;
    let length = 0;
    const growing: ReadFile = async (path, maximumBytes) => {
      if (!path.endsWith('web.yml')) return await readRegularFile(path, maximumBytes);
      length += 3;
      return Buffer.from(whole.slice(0, length));
    };
    await follow('', { readFile: growing });
    expect([...(await changed()).users]).toEqual([['alice', HASH]]);
    expect([changes.length, errors]).toEqual([1, []]);
  });

  it('is told of when it was replaced by renaming', async () => {
    await follow('rate_limit: {interval: 1s, burst: 1}');
    writeFileSync(file('web.yml.new'), 'rate_limit: {interval: 3s, burst: 1}');
    renameSync(file('web.yml.new'), file('web.yml'));
    expect((await changed()).rateLimit?.intervalMs).toBe(3_000);
  });

  it('stays in force while the new one is broken, which is told once', async () => {
    await follow('rate_limit: {interval: 1s, burst: 1}');
    write('rate_limit: {interval: 1s, burst: one}');
    expect(await refused()).toMatch(/web\.yml:1: rate_limit\.burst: "one" is not a whole number; /);
    await somePolls();
    expect([changes, errors.length]).toEqual([[], 1]);
    write('rate_limit: {interval: 1s, burst: two}');
    await vi.waitFor(() => expect(errors).toHaveLength(2), PATIENCE);
    write('rate_limit: {interval: 1s, burst: 1}');
    await changed();
    await somePolls();
    expect([changes.length, errors.length]).toEqual([1, 2]);
  });

  it('stays in force when its file is gone, until it is back', async () => {
    await follow('rate_limit: {interval: 1s, burst: 1}');
    rmSync(file('web.yml'));
    expect(await refused()).toMatch(/^--web\.config\.file: ".*web\.yml" cannot be read \(ENOENT/);
    await somePolls();
    expect([changes, errors.length]).toEqual([[], 1]);
    mkdirSync(file('web.yml'));
    await vi.waitFor(
      () => expect(errors).toEqual([expect.anything(), expect.stringContaining('not a file')]),
      PATIENCE,
    );
    rmdirSync(file('web.yml'));
    write('rate_limit: {interval: 9s, burst: 1}');
    expect((await changed()).rateLimit?.intervalMs).toBe(9_000);
  });

  it('that cannot be put in force is told as an error, once', async () => {
    let tries = 0;
    const onChange = (): void => {
      tries++;
      throw new Error('no such curve');
    };
    await follow('', { onChange });
    write('rate_limit: {interval: 1s, burst: 1}');
    expect(await refused()).toBe(`${file('web.yml')}: no such curve`);
    await somePolls();
    expect([tries, errors.length]).toEqual([1, 1]);
  });

  it('is left alone after the end, also of a poll that was under way', async () => {
    // Two readings in each of two polls: after the last one it would be told.
    const closing: ReadFile = async (path, maximumBytes) => {
      if (reads === 4) watch?.close();
      return await readRegularFile(path, maximumBytes);
    };
    await follow('rate_limit: {interval: 1s, burst: 1}', { readFile: closing });
    write('');
    await vi.waitFor(() => expect(reads).toBe(4), PATIENCE);
    await new Promise((resolve) => setTimeout(resolve, 20 * INTERVAL_MS));
    expect([reads, changes, errors]).toEqual([4, [], []]);
  });
});

describe('certificates that are watched', () => {
  it('are told of when they are renewed', async () => {
    await follow(SERVER);
    copy('replacement');
    expect((await changed()).tls?.certificates).toBe(certificates.read('replacement.pem'));
    expect(changes[0]?.tls?.key).toBe(certificates.read('replacement.key'));
  });

  it('stay in force while there is only the new key, until its certificate is there', async () => {
    await follow(SERVER);
    copy('replacement', ['key']);
    expect(await refused()).toMatch(/tls_server_config\.key_file: the key does not belong to the certificate/);
    await somePolls();
    expect([changes, errors.length]).toEqual([[], 1]);
    copy('replacement', ['pem']);
    expect((await changed()).tls?.certificates).toBe(certificates.read('replacement.pem'));
    expect(errors).toHaveLength(1);
  });

  it('are told of when a file that was missing comes', async () => {
    await follow('');
    write(SERVER.replaceAll('current', 'later'));
    expect(await refused()).toMatch(/".*later\.pem" cannot be read \(ENOENT/);
    for (const kind of ['pem', 'key']) cpSync(certificates.path(`server.${kind}`), file(`later.${kind}`));
    expect((await changed()).tls?.certificates).toBe(certificates.read('server.pem'));
  });

  it('are told of when a link is turned, as Kubernetes does it with mounted secrets', async () => {
    for (const [version, name] of ['server', 'replacement'].entries()) {
      mkdirSync(file(`..${version}`));
      writeFileSync(join(file(`..${version}`), 'web.yml'), SERVER);
      for (const kind of ['pem', 'key'])
        cpSync(certificates.path(`${name}.${kind}`), join(file(`..${version}`), `current.${kind}`));
    }
    for (const name of ['current.pem', 'current.key']) rmSync(file(name));
    symlinkSync('..0', file('..data'));
    for (const name of ['web.yml', 'current.pem', 'current.key']) symlinkSync(join('..data', name), file(name));
    await follow(SERVER);
    symlinkSync('..1', file('..data_new'));
    renameSync(file('..data_new'), file('..data'));
    expect((await changed()).tls?.certificates).toBe(certificates.read('replacement.pem'));
    expect([changes.length, errors]).toEqual([1, []]);
  });
});
