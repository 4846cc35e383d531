// World: this host, with IPv6; the built program; certificates of openssl. Provided by: apt-get install openssl
// Several addresses to listen on.
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { makeCertificates } from '../support/certificates.ts';
import { type ClientOptions, get } from '../support/client.ts';
import { freePort } from '../support/free-port.ts';
import { PATIENCE } from '../support/patience.ts';
import { type RunningProgram, runProgram, startProgram } from '../support/program.ts';
import { TLS_LINES } from '../support/web-config-files.ts';

const certificates = makeCertificates();
afterAll(() => certificates[Symbol.dispose]());

/** Each of the addresses serves the same. */
async function expectAnswers(program: RunningProgram, urls: readonly RegExp[], client?: ClientOptions): Promise<void> {
  await vi.waitFor(() => expect(program.listeners()).toHaveLength(urls.length), PATIENCE);
  expect(program.listeners()).toEqual(urls.map((url) => expect.stringMatching(url)));
  for (const url of program.listeners()) {
    const { status, text } = await get(`${url}/metrics`, client);
    expect([status, text]).toEqual([200, expect.stringContaining('netstat_tcp_connections')]);
  }
}

describe('the program', () => {
  it('listens on an address of each family', async () => {
    await using program = await startProgram('--web.listen-address=[::1]:0');
    await expectAnswers(program, [/^http:\/\/127\.0\.0\.1:\d+$/, /^http:\/\/\[::1\]:\d+$/]);
  });

  it('speaks TLS on all of them', async () => {
    const file = certificates.path('web.yml');
    writeFileSync(file, TLS_LINES);
    await using program = await startProgram('--web.listen-address=[::1]:0', `--web.config.file=${file}`);
    const client = { ca: certificates.read('authority.pem') };
    await expectAnswers(program, [/^https:\/\/127\.0\.0\.1:\d+$/, /^https:\/\/\[::1\]:\d+$/], client);
  });

  it('listens on what a name stands for', async () => {
    await using program = await startProgram('--web.listen-address=localhost:0');
    await expectAnswers(program, [/^http:\/\/127\.0\.0\.1:\d+$/, /^http:\/\/(127\.0\.0\.1|\[::1\]):\d+$/]);
  });

  it.each(['127.0.0.1', '::1'])('serves nowhere if it cannot listen on one of them, here of %s', async (host) => {
    const taken = createServer().listen(0, host);
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const address = host === '::1' ? `[::1]:${port}` : `${host}:${port}`;
    const free = `127.0.0.1:${await freePort('127.0.0.1')}`;
    const ended = await runProgram(`--web.listen-address=${free}`, `--web.listen-address=${address}`);
    taken.close();
    expect(ended).toEqual({
      code: 2,
      stdout: '',
      stderr: `netstat-exporter: cannot listen on ${address}: address already in use (EADDRINUSE); stop what listens there, or choose another --web.listen-address\n`,
    });
    await expect(get(`http://${free}/`)).rejects.toThrow('ECONNREFUSED');
  });
});
