// World: this host; the built program; certificates of openssl. Provided by: apt-get install openssl
// The web configuration changes while the program runs: by editors, by tools, by accident.
import { rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { hashSync } from 'bcryptjs';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { makeCertificates } from '../../support/certificates.ts';
import { type ClientOptions, get } from '../../support/client.ts';
import { PATIENCE } from '../../support/patience.ts';
import { type RunningProgram, startProgram } from '../../support/program.ts';
import { PASSWORD, replaceFile, TLS_LINES, USER, USER_LINES } from '../../support/web-config-files.ts';
import { type Asker, keepAsking } from './asking.ts';

/** How often the program reads the files. */
const READING_MS = 1_000;
/** How often, and for how long, a file is half written: a reading meets one of these moments almost certainly. */
const MOMENTS = 6;
const MOMENT_MS = 450;
/** In this time it reads them at least twice, unless the machine is very slow; nothing fails then. */
const SEVERAL_READINGS_MS = 3_500;

const certificates = makeCertificates();
afterAll(() => certificates[Symbol.dispose]());

const ca = certificates.read('authority.pem');
const alice: ClientOptions = { auth: `${USER}:${PASSWORD}` };

let files = 0;
function fileOf(text: string): string {
  files += 1;
  const file = certificates.path(`web-${files}.yml`);
  writeFileSync(file, text);
  return file;
}

async function statusOf(url: string, client?: ClientOptions): Promise<number> {
  return (await get(`${url}/metrics`, client)).status;
}

async function waitForStatus(status: number, url: string, client?: ClientOptions): Promise<void> {
  await vi.waitFor(async () => expect(await statusOf(url, client)).toBe(status), PATIENCE);
}

/** The lines of the log that say so. */
function linesWith({ log }: RunningProgram, text: string): readonly string[] {
  return log()
    .split('\n')
    .filter((line) => line.includes(text));
}

const UNUSABLE = 'the web configuration cannot be used; the one before stays in force';
const CHANGED = 'the web configuration has changed, and is in force';

/** The answers to somebody without a password, all the while. */
function probe({ url }: RunningProgram): Asker {
  return keepAsking(`${url}/metrics`, { ca }, ({ status }) => String(status));
}

describe.concurrent('a change that cannot be used', () => {
  it.each(['', '# nothing\n', 'basic_auth_users: {}\n'])('takes all away: %j', async (text) => {
    const file = fileOf(USER_LINES);
    await using program = await startProgram(`--web.config.file=${file}`);
    replaceFile(file, text);
    await vi.waitFor(() => expect(linesWith(program, 'nothing is configured any more')).toHaveLength(1), PATIENCE);
    expect(linesWith(program, UNUSABLE)).toHaveLength(1);
    expect(await statusOf(program.url)).toBe(401);
  });

  it('changes nothing, is named once with its line and key, and can be mended', async () => {
    const file = fileOf(USER_LINES);
    await using program = await startProgram(`--web.config.file=${file}`);
    await using prober = probe(program);
    replaceFile(file, `${USER_LINES}rate_limit:\n  interval: soon\n`);
    await vi.waitFor(() => expect(linesWith(program, UNUSABLE)).toHaveLength(1), PATIENCE);
    expect(linesWith(program, UNUSABLE)[0]).toContain(`${file}:4: rate_limit.interval: `);
    expect(await statusOf(program.url, alice)).toBe(200);
    await sleep(SEVERAL_READINGS_MS);
    expect(linesWith(program, UNUSABLE)).toHaveLength(1);

    replaceFile(file, `${USER_LINES}rate_limit:\n  interval: later\n`);
    await vi.waitFor(() => expect(linesWith(program, UNUSABLE)).toHaveLength(2), PATIENCE);
    expect(linesWith(program, CHANGED)).toEqual([]);

    replaceFile(file, `${USER_LINES}http_server_config:\n  headers:\n    X-Frame-Options: sameorigin\n`);
    await vi.waitFor(() => expect(linesWith(program, CHANGED)).toHaveLength(1), PATIENCE);
    expect((await get(program.url)).headers['x-frame-options']).toBe('sameorigin');
    expect(linesWith(program, UNUSABLE)).toHaveLength(2);
    expect(prober.outcomes).toEqual(['401']);
  });

  it('does not open the server, be it that the file is gone, or a certificate', async () => {
    for (const kind of ['pem', 'key'])
      replaceFile(certificates.path(`copied.${kind}`), certificates.read(`server.${kind}`));
    const text = `${TLS_LINES.replaceAll('server.', 'copied.')}${USER_LINES}`;
    const file = fileOf(text);
    await using program = await startProgram(`--web.config.file=${file}`);
    await using prober = probe(program);

    rmSync(file);
    await vi.waitFor(() => expect(linesWith(program, UNUSABLE)).toHaveLength(1), PATIENCE);
    expect(linesWith(program, UNUSABLE)[0]).toMatch(/cannot be read \(ENOENT.*web-\d+\.yml/);
    writeFileSync(file, text);
    await vi.waitFor(() => expect(linesWith(program, CHANGED)).toHaveLength(1), PATIENCE);

    rmSync(certificates.path('copied.pem'));
    await vi.waitFor(() => expect(linesWith(program, UNUSABLE)).toHaveLength(2), PATIENCE);
    expect(linesWith(program, UNUSABLE)[1]).toMatch(/:2: tls_server_config\.cert_file: .*cannot be read \(ENOENT/);
    expect(await statusOf(program.url, { ...alice, ca })).toBe(200);
    expect(prober.outcomes).toEqual(['401']);
  });
});

describe.concurrent('a file that is being written never counts, when it', () => {
  it.each([
    ['is empty', ''],
    ['ends before the users', TLS_LINES],
  ])('%s for a moment', async (_what, half) => {
    const text = `${TLS_LINES}${USER_LINES}`;
    const file = fileOf(text);
    await using program = await startProgram(`--web.config.file=${file}`);
    await using prober = probe(program);
    let longestMs = 0;
    for (let moment = 0; moment < MOMENTS; moment += 1) {
      const startMs = performance.now();
      writeFileSync(file, half);
      await sleep(MOMENT_MS);
      writeFileSync(file, text);
      longestMs = Math.max(longestMs, performance.now() - startMs);
      await sleep(READING_MS);
    }
    // On a machine so slow that the moment was a long one, the program may have taken it for a change.
    expect(prober.outcomes).toEqual(longestMs < READING_MS ? ['401'] : expect.arrayContaining(['401']));
  });
});

describe.concurrent('a change that can be used', () => {
  it('adds users, gives them other passwords, and takes them away', async () => {
    const file = fileOf(USER_LINES);
    await using program = await startProgram(`--web.config.file=${file}`);
    const bob: ClientOptions = { auth: 'bob:staple' };
    expect([await statusOf(program.url, alice), await statusOf(program.url, bob)]).toEqual([200, 401]);
    replaceFile(file, `${USER_LINES}  bob: ${hashSync('staple', 4)}\n`);
    await waitForStatus(200, program.url, bob);
    expect(await statusOf(program.url, alice)).toBe(200);
    replaceFile(file, `${USER_LINES}  bob: ${hashSync('another staple', 4)}\n`);
    await waitForStatus(401, program.url, bob);
    expect(await statusOf(program.url, { auth: 'bob:another staple' })).toBe(200);
    replaceFile(file, `basic_auth_users:\n  bob: ${hashSync('another staple', 4)}\n`);
    await waitForStatus(401, program.url, alice);
    expect(await statusOf(program.url)).toBe(401);
  });

  it('switches TLS on, and off', async () => {
    const file = fileOf(USER_LINES);
    await using program = await startProgram(`--web.config.file=${file}`);
    const secure = program.url.replace('http:', 'https:');
    await expect(get(secure, { ca })).rejects.toThrow();
    replaceFile(file, `${TLS_LINES}${USER_LINES}`);
    await vi.waitFor(async () => expect(await statusOf(secure, { ...alice, ca })).toBe(200), PATIENCE);
    await expect(get(program.url)).rejects.toThrow(/socket hang up|ECONNRESET/);
    replaceFile(file, USER_LINES);
    await vi.waitFor(async () => expect(await statusOf(program.url, alice)).toBe(200), PATIENCE);
    expect(linesWith(program, CHANGED)).toHaveLength(2);
  });

  it('does not have the log say again what it said of the one before', async () => {
    const text = `${USER_LINES}http_server_config:\n  http2: true\n`;
    const file = fileOf(text);
    await using program = await startProgram(`--web.config.file=${file}`);
    replaceFile(file, `# another first line\n${text}`);
    await vi.waitFor(() => expect(linesWith(program, CHANGED)).toHaveLength(1), PATIENCE);
    await program.end();
    expect(linesWith(program, 'http2')).toHaveLength(1);
  });

  it('may take protections away, and then the log says which', async () => {
    const file = fileOf(USER_LINES);
    await using program = await startProgram(`--web.config.file=${file}`);
    expect(await statusOf(program.url)).toBe(401);
    replaceFile(file, 'http_server_config:\n  headers: {X-XSS-Protection: "0"}\n');
    await waitForStatus(200, program.url);
    await vi.waitFor(() => expect(linesWith(program, 'nobody needs a password any more')).toHaveLength(1), PATIENCE);
    expect(linesWith(program, CHANGED)).toEqual([expect.stringContaining('tls=false clientAuth=NoClientCert users=0')]);
  });
});
