// World: this host; the built program; certificates of openssl. Provided by: apt-get install openssl
// Who may see the live view, decided at the start and when the web configuration changes.
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { afterAll, describe, expect, it, vi } from 'vitest';
import type { EndpointsAnswer } from '../../src/views/endpoint.ts';
import { makeCertificates } from '../support/certificates.ts';
import { type ClientOptions, get } from '../support/client.ts';
import { PATIENCE } from '../support/patience.ts';
import { runProgram, startProgram } from '../support/program.ts';
import { CLIENT_LINES, PASSWORD, replaceFile, TLS_LINES, USER, USER_LINES } from '../support/web-config-files.ts';

const ENABLED = '--web.enable-live-view';
const alice: ClientOptions = { auth: `${USER}:${PASSWORD}` };

const certificates = makeCertificates();
afterAll(() => certificates[Symbol.dispose]());

function fileOf(name: string, text: string): string {
  const file = certificates.path(name);
  writeFileSync(file, text);
  return file;
}

function refusalOf(reachable: string): string {
  return `netstat-exporter: --web.enable-live-view: others can reach ${reachable}, and nobody is asked who they are; allowed: --web.listen-address=127.0.0.1:19182, or basic_auth_users or client_auth_type: RequireAndVerifyClientCert in the file of --web.config.file\n`;
}

describe('the live view, where nobody is asked who they are', () => {
  it.each([
    ['--web.listen-address=:19182', ENABLED],
    ['--web.listen-address=:19182', ENABLED, '--web.listen-address=:19182'],
    ['--web.listen-address=0.0.0.0:0', ENABLED, '--web.listen-address=127.0.0.1:0', '--web.listen-address=0.0.0.0:0'],
    ['--web.listen-address=[::]:0', ENABLED, '--web.listen-address=[::]:0'],
    ['--web.listen-address=192.0.2.1:0', ENABLED, '--web.listen-address=192.0.2.1:0'],
    ['--web.listen-address=server01:0', ENABLED, '--web.listen-address=server01:0'],
    ['the sockets of systemd', ENABLED, '--web.listen-address=127.0.0.1:0', '--web.systemd-socket'],
  ])('ends the start where others can reach %s', async (reachable, ...args) => {
    expect(await runProgram(...args)).toEqual({ code: 2, stdout: '', stderr: refusalOf(reachable) });
    expect(await runProgram('check-config', ...args)).toEqual({ code: 2, stdout: '', stderr: refusalOf(reachable) });
  });

  it.each([
    ['TLS alone', TLS_LINES],
    ['certificates that nobody verifies', `${TLS_LINES}  client_auth_type: RequireAnyClientCert\n`],
    [
      'certificates that nobody need have',
      `${TLS_LINES}  client_auth_type: VerifyClientCertIfGiven\n  client_ca_file: authority.pem\n`,
    ],
    ['a rate limit', 'rate_limit:\n  interval: 1s\n  burst: 5\n'],
  ])('is not made safe by %s', async (name, text) => {
    const file = fileOf(`${name.replaceAll(' ', '-')}.yml`, text);
    const { code, stderr } = await runProgram(ENABLED, '--web.listen-address=:0', `--web.config.file=${file}`);
    expect([code, stderr]).toEqual([2, refusalOf('--web.listen-address=:0')]);
  });

  it.each(['127.0.0.1:0', '127.9.8.7:0', 'localhost:0', '[::1]:0'])(
    'is shown on loopback, here %s',
    async (address) => {
      await using program = await startProgram(ENABLED, `--web.listen-address=${address}`);
      for (const url of program.listeners()) expect((await get(`${url}/live`)).status).toBe(200);
    },
  );
});

describe('the live view, where somebody is asked who they are', () => {
  it('is shown on every address to who has a password', async () => {
    const file = fileOf('users.yml', USER_LINES);
    await using program = await startProgram(ENABLED, '--web.listen-address=0.0.0.0:0', `--web.config.file=${file}`);
    expect((await get(`${program.url}/live`)).status).toBe(401);
    expect((await get(`${program.url}/live`, alice)).status).toBe(200);
    expect((await runProgram('check-config', ENABLED, `--web.config.file=${file}`)).code).toBe(0);
  });

  it('is shown to who has a certificate', async () => {
    const file = fileOf('clients.yml', TLS_LINES + CLIENT_LINES);
    await using program = await startProgram(ENABLED, '--web.listen-address=0.0.0.0:0', `--web.config.file=${file}`);
    const ca = certificates.read('authority.pem');
    const client = { ca, cert: certificates.read('client.pem'), key: certificates.read('client.key') };
    expect((await get(`${program.url}/live`, client)).status).toBe(200);
    await expect(get(`${program.url}/live`, { ca })).rejects.toThrow();
  });

  it('stays closed where a change of the file would open it', async () => {
    const file = fileOf('opening.yml', USER_LINES);
    await using program = await startProgram(ENABLED, '--web.listen-address=0.0.0.0:0', `--web.config.file=${file}`);
    replaceFile(file, 'rate_limit:\n  interval: 1ms\n  burst: 5000\n');
    await vi.waitFor(() => expect(program.log()).toContain('the one before stays in force'), PATIENCE);
    expect(program.log()).toContain('--web.enable-live-view: others can reach --web.listen-address=0.0.0.0:0');
    expect((await get(`${program.url}/live`)).status).toBe(401);
  });
});

describe('the live view', () => {
  it('has a link in the log, and lists a socket of ours', async () => {
    await using program = await startProgram(ENABLED, '--collector.interval=1s', '--web.live-view.host=Server01');
    expect(program.log()).toContain(`live_view=${program.url}/live`);
    const server = createServer().listen(0, '127.0.0.1');
    await vi.waitFor(async () => {
      const { port } = server.address() as { port: number };
      const { text } = await get(`${program.url}/api/v1/endpoints?state=listen&port=${port}`, {
        headers: { host: 'server01' },
      });
      const { endpoints } = JSON.parse(text) as EndpointsAnswer;
      const [own] = endpoints.filter(({ localAddress }) => localAddress === '127.0.0.1');
      expect(own).toMatchObject({ localPort: port, pid: process.pid });
    }, PATIENCE);
    server.close();
  });

  it.each(['a b', 'name:80', 'http://name', '[::1]', ''])('has no host %j', async (host) => {
    const { code, stderr } = await runProgram('check-config', `--web.live-view.host=${host}`);
    expect([code, stderr]).toEqual([
      2,
      `netstat-exporter: --web.live-view.host: ${JSON.stringify(host)} is no host; allowed: a name or an address without a port: server01.example.net, 192.0.2.10\n`,
    ]);
  });

  it('shows all endpoints and their owners, whatever is not counted', async () => {
    const disabled = ['connections', 'process', 'port', 'listener', 'ephemeral'].map(
      (group) => `--collector.disable=${group}`,
    );
    await using program = await startProgram(ENABLED, '--collector.interval=1s', ...disabled);
    const own = new URL(program.url).port;
    // It may have collected for the first time before it listened.
    await vi.waitFor(async () => {
      const { text } = await get(`${program.url}/api/v1/endpoints?port=${own}&state=listen&queries=true`);
      const { endpoints } = JSON.parse(text) as EndpointsAnswer;
      expect(endpoints).toContainEqual(expect.objectContaining({ pid: program.pid, queries: [] }));
    }, PATIENCE);
  });

  it('is of a collection made for it, where none is made by itself', async () => {
    await using program = await startProgram(ENABLED, '--collector.interval=0');
    const ids = new Set<string>();
    for (let look = 0; look < 3; look++) {
      const { text } = await get(`${program.url}/api/v1/summary`);
      ids.add((JSON.parse(text) as EndpointsAnswer).collection.id);
    }
    expect(ids.size).toBe(3);
  });
});
