// World: Windows or Wine (npm run test:windows), with a console; the built program and its web configuration, certificates and all.
import { spawn, spawnSync } from 'node:child_process';
import { constants, renameSync, writeFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { Agent } from 'node:https';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { type ClientAnswer, type ClientOptions, get } from '../support/client.ts';
import { PATIENCE } from '../support/patience.ts';
import { PROGRAM, type RunningProgram, runProgram, startProgram, untilListening } from '../support/program.ts';
import { type Identity, makeIdentity } from './made-certificates.ts';
import { authority, makeFolder, SERVER } from './web-config-folder.ts';

const AUTH = 'prometheus:correct horse';
/** Of the password, by crypt(3) of libxcrypt. */
const HASH = '$2y$04$Tr/3Gn2l0aMIB0abKEcWdO6AhjNUncxe4aiqcI8Vc4D0AFgot71T6';
/** Of no password that anybody knows. To compare one takes hours. */
const ENDLESS_HASH = `$2y$31$${'.'.repeat(53)}`;
/** UV_FS_O_EXLOCK (libuv, "File open constants"): nobody else can open the file, not to read either. */
const ALONE = 0x10000000;
const SEND_CTRL_C = fileURLToPath(new URL('./send-ctrl-c.ts', import.meta.url));

/** With the reason, as TLS has it, or without: Windows may throw away what was sent before the end. */
const REFUSED = expect.stringMatching(/^(ERR_SSL_.*ALERT.*|EPROTO|ECONNRESET|ECONNABORTED)$/);
const CHANGED = 'the web configuration has changed';
const UNUSABLE = /the web configuration cannot be used.*EBUSY/;

const client = makeIdentity('client', authority);
const expired = makeIdentity('expired client', authority, { validDays: -1 });

function withIdentity({ certificate, key }: Identity): ClientOptions {
  return { ca: authority.certificate, cert: certificate, key };
}

describe('a file as Notepad writes it, in a folder with blanks and umlauts', () => {
  let program: RunningProgram;

  beforeAll(async () => {
    const { folder, save } = makeFolder();
    const path = save(
      ...SERVER,
      '  client_auth_type: RequireAndVerifyClientCert',
      `  client_ca_file: ${folder}\\authority.pem`,
      'http_server_config:',
      '  headers:',
      '    X-Frame-Options: sameorigin',
      'basic_auth_users:',
      `  prometheus: ${HASH}`,
    );
    program = await startProgram(`--web.config.file=${path}`);
  });
  afterAll(async () => void (await program?.end('SIGKILL')));

  const ask = (path: string, options: ClientOptions): Promise<ClientAnswer> => get(`${program.url}${path}`, options);

  describe.each(['TLSv1.2', 'TLSv1.3'] as const)('over %s', (version) => {
    const agent = new Agent({ minVersion: version, maxVersion: version });

    it('a client with certificate and password is served', async () => {
      const answer = await ask('/metrics', { ...withIdentity(client), agent, auth: AUTH });
      expect(answer).toMatchObject({ status: 200, text: expect.stringContaining('\nnetstat_exporter_build_info{') });
    });

    it.each([
      ['without a certificate', { ca: authority.certificate }],
      ['with one that has expired', withIdentity(expired)],
    ])('one %s is refused in the handshake', async (_, options) => {
      await expect(ask('/metrics', { ...options, agent, auth: AUTH })).rejects.toMatchObject({ code: REFUSED });
    });
  });

  it.each([
    ['none', {}],
    ['a wrong one', { auth: 'prometheus:wrong' }],
    ["nobody's", { auth: AUTH.replace('prometheus', 'nobody') }],
  ])('of the passwords, %s is 401', async (_, options) => {
    const answer = await ask('/metrics', { ...withIdentity(client), ...options });
    expect(answer).toMatchObject({ status: 401, headers: { 'www-authenticate': expect.stringMatching(/^Basic/) } });
  });

  it('the landing page comes with the header of the file', async () => {
    const answer = await ask('/', { ...withIdentity(client), auth: AUTH });
    expect(answer).toMatchObject({ status: 200, headers: { 'x-frame-options': 'sameorigin' } });
    expect(answer.text).toContain('<h1>netstat-exporter</h1>');
  });
});

it.each([
  ['backslashes', (path: string) => path],
  ['slashes', (path: string) => path.replaceAll('\\', '/')],
])('whole paths with %s are taken', async (_, write) => {
  const { certificate, key, save } = makeFolder();
  const path = save('tls_server_config:', `  cert_file: ${write(certificate)}`, `  key_file: '${write(key)}'`);
  expect(await runProgram('check-config', `--web.config.file=${write(path)}`)).toEqual({
    code: 0,
    stdout: 'the configuration is valid\n',
    stderr: '',
  });
});

it('a broken file ends the start with code 2 and one line, which names the place', async () => {
  const path = makeFolder().save(...SERVER, '  min_version: TLS14');
  const { code, stdout, stderr } = await runProgram(`--web.config.file=${path}`);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(`netstat-exporter: ${path}:4: tls_server_config.min_version: "TLS14" `);
  expect(stderr.trimEnd()).not.toContain('\n');
});

it('without systemd there are no sockets of it: code 2 and one line', async () => {
  const { code, stderr } = await runProgram('--web.systemd-socket');
  expect(code).toBe(2);
  expect(stderr).toBe(
    'netstat-exporter: --web.systemd-socket: there is no systemd on Windows; allowed: --web.listen-address\n',
  );
});

it('listens on several addresses, of both families, and asks for the password on each', async () => {
  const path = makeFolder().save('basic_auth_users:', `  prometheus: ${HASH}`);
  await using program = await startProgram('--web.listen-address=[::1]:0', `--web.config.file=${path}`);
  await vi.waitFor(() => expect(program.listeners()).toHaveLength(2), PATIENCE);
  const [ipv4 = '', ipv6 = ''] = program.listeners();
  expect([ipv4, ipv6]).toEqual([expect.stringContaining('//127.0.0.1:'), expect.stringContaining('//[::1]:')]);
  for (const url of [ipv4, ipv6]) {
    expect(await get(`${url}/health`)).toMatchObject({ status: 401 });
    expect(await get(`${url}/health`, { auth: AUTH })).toMatchObject({ status: 200 });
  }
});

describe('while it runs', () => {
  const options = { ca: authority.certificate };

  it('a certificate whose files are replaced is taken for new connections', async () => {
    const { certificate, key, save } = makeFolder();
    await using program = await startProgram(`--web.config.file=${save(...SERVER)}`);
    const fingerprint = async () => (await get(`${program.url}/health`, options)).fingerprint;
    const before = await fingerprint();
    const renewed = makeIdentity('renewed', authority);
    await replaceFile(key, renewed.key);
    await replaceFile(certificate, renewed.certificate);
    // Old and new are no pair: it has changed when both files have.
    await vi.waitFor(() => expect(program.log()).toContain(CHANGED), PATIENCE);
    expect(await fingerprint()).not.toBe(before);
  });

  it('a file that another program keeps for itself changes nothing until it can be read again', async () => {
    const { certificate, save } = makeFolder();
    const both = ({ certificate, key }: Identity): string => certificate + key;
    writeFileSync(certificate, both(makeIdentity('server', authority)));
    const path = save('tls_server_config: {cert_file: certificates\\server.pem, key_file: certificates\\server.pem}');
    await using program = await startProgram(`--web.config.file=${path}`);
    const fingerprint = async () => (await get(`${program.url}/health`, options)).fingerprint;
    const before = await fingerprint();
    {
      await using kept = await openAlone(certificate);
      await vi.waitFor(() => expect(program.log()).toMatch(UNUSABLE), PATIENCE);
      expect(await fingerprint()).toBe(before);
      await kept.writeFile(both(makeIdentity('renewed', authority)));
    }
    await vi.waitFor(async () => expect(await fingerprint()).not.toBe(before), PATIENCE);
  });

  it('a limit on the rate of requests that is written into the file holds', async () => {
    const { save } = makeFolder();
    await using program = await startProgram(`--web.config.file=${save('# nothing yet')}`);
    save('rate_limit:', '  interval: 1h', '  burst: 1');
    await vi.waitFor(async () => expect((await get(`${program.url}/health`)).status).toBe(429), PATIENCE);
  });
});

it('Ctrl-C ends it with code 0 while connections are open, one in its handshake, and a password is compared', async () => {
  const path = makeFolder().save(...SERVER, 'basic_auth_users:', `  prometheus: ${ENDLESS_HASH}`);
  const args = ['--web.listen-address=127.0.0.1:0', `--web.config.file=${path}`];
  // Hidden, with nothing inherited: only then Node gives it a console of its own.
  const child = spawn(process.execPath, [PROGRAM, ...args], { stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
  onTestFinished(() => void child.kill());
  const program = await untilListening(child);

  const handshake = connect(Number(new URL(program.url).port), '127.0.0.1').on('error', () => {});
  handshake.write('\x16\x03\x01');
  const agent = new Agent({ keepAlive: true, ca: authority.certificate });
  const idle = await get(`${program.url}/health`, { agent });
  expect(idle.status).toBe(401);
  // Of these one is compared for hours, some wait for that, and the rest is sent away.
  const asked = Array.from({ length: 12 }, (_, index) =>
    get(`${program.url}/health`, { ca: authority.certificate, auth: `prometheus:${index}` }).then(
      ({ status }) => status,
      () => 'cut off',
    ),
  );
  expect(await Promise.race(asked)).toBe(429);

  const sent = spawnSync(process.execPath, [SEND_CTRL_C, String(child.pid)], { windowsHide: true, encoding: 'utf8' });
  expect(sent).toMatchObject({ status: 0, stderr: '' });
  await vi.waitFor(() => expect(child.exitCode).toBe(0), PATIENCE);
  const { stderr } = await program.end();
  expect(stderr).toContain('msg=ending signal=SIGINT');
  expect(stderr).not.toContain('ending by force');
  expect((await Promise.all(asked)).filter((status) => status === 'cut off').length).toBeGreaterThan(0);
  agent.destroy();
});

/** By another file that takes its name; nobody sees a half of it. Windows refuses that while somebody reads the old one. */
async function replaceFile(path: string, text: string): Promise<void> {
  writeFileSync(`${path}.new`, text);
  await vi.waitFor(() => renameSync(`${path}.new`, path), PATIENCE);
}

/** As a backup or a virus scanner does it. Windows refuses that while somebody reads the file. */
async function openAlone(path: string): Promise<FileHandle> {
  return vi.waitFor(() => open(path, constants.O_WRONLY | constants.O_TRUNC | ALONE), PATIENCE);
}
