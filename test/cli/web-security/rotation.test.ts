// World: this host; the built program; certificates of openssl. Provided by: apt-get install openssl
// A certificate is renewed while scrapers scrape.
import { X509Certificate } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { Agent } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { makeCertificates } from '../../support/certificates.ts';
import { type ClientAnswer, type ClientOptions, get } from '../../support/client.ts';
import { PATIENCE } from '../../support/patience.ts';
import { type RunningProgram, startProgram } from '../../support/program.ts';
import { CLIENT_LINES, PASSWORD, replaceFile, TLS_LINES, USER, USER_LINES } from '../../support/web-config-files.ts';
import { type Asker, keepAsking } from './asking.ts';

const SCRAPERS = 50;
/** In this time the files are read at least twice, unless the machine is very slow; nothing fails then. */
const SEVERAL_READINGS_MS = 3_500;

const certificates = makeCertificates();
afterAll(() => certificates[Symbol.dispose]());

/** With a certificate, and a user's password. */
const scraper: ClientOptions = {
  ca: certificates.read('authority.pem'),
  cert: certificates.read('client.pem'),
  key: certificates.read('client.key'),
  auth: `${USER}:${PASSWORD}`,
};

/** Puts that certificate, and its key, in the place of those that are served. */
function install(file: 'pem' | 'key', name: string): void {
  replaceFile(certificates.path(`installed.${file}`), certificates.read(`${name}.${file}`));
}

function tell({ status, text, fingerprint }: ClientAnswer): string {
  return `${status} ${text.includes('netstat_tcp_connections') ? 'whole' : 'cut'} ${fingerprint}`;
}

/** What a scraper is told while that certificate is served. */
function goodAnswer(name: string): string {
  return `200 whole ${new X509Certificate(certificates.read(`${name}.pem`)).fingerprint256}`;
}

async function startWithInstalled(): Promise<RunningProgram> {
  const file = certificates.path('web.yml');
  writeFileSync(file, `${TLS_LINES}${CLIENT_LINES}${USER_LINES}`.replaceAll('server.', 'installed.'));
  install('pem', 'server');
  install('key', 'server');
  // All of them may come in the same instant.
  return startProgram(`--web.config.file=${file}`, `--web.max-requests=${SCRAPERS}`);
}

describe('a certificate that is renewed', () => {
  it('is seen by all scrapers in the end, and none of them fails', async () => {
    await using program = await startWithInstalled();
    await using ending = new AsyncDisposableStack();
    const scrapers: Asker[] = [];
    for (let number = 0; number < SCRAPERS; number += 1) {
      // Every other one keeps its connection for the next scrape.
      const agent = number % 2 === 0 && new Agent({ keepAlive: true });
      if (agent !== false) ending.defer(() => agent.destroy());
      scrapers.push(ending.use(keepAsking(`${program.url}/metrics`, { ...scraper, agent }, tell)));
    }
    const expected: string[] = [];
    for (const name of ['server', 'replacement', 'server', 'replacement']) {
      install('pem', name);
      install('key', name);
      expected.push(goodAnswer(name));
      const haveSeen = () => scrapers.filter(({ outcomes }) => outcomes.length >= expected.length);
      await vi.waitFor(() => expect(haveSeen()).toHaveLength(SCRAPERS), PATIENCE);
    }
    await ending.disposeAsync();
    for (const { outcomes } of scrapers) expect(outcomes).toEqual(expected);
  });

  it('and whose key comes first, is taken when it is there; until then the old one is served, which is said once', async () => {
    await using program = await startWithInstalled();
    await using asker = keepAsking(`${program.url}/metrics`, scraper, tell);
    const unusable = () =>
      program
        .log()
        .split('\n')
        .filter((line) => line.includes('level=error'));
    install('key', 'replacement');
    await vi.waitFor(() => expect(unusable()).not.toEqual([]), PATIENCE);
    await sleep(SEVERAL_READINGS_MS);
    expect(unusable()).toEqual([
      expect.stringMatching(
        /the web configuration cannot be used; the one before stays in force.*web\.yml:3: tls_server_config\.key_file: the key does not belong to the certificate/,
      ),
    ]);
    expect(await get(`${program.url}/metrics`, scraper).then(tell)).toBe(goodAnswer('server'));
    install('pem', 'replacement');
    await vi.waitFor(() => expect(asker.outcomes.at(-1)).toBe(goodAnswer('replacement')), PATIENCE);
    expect(asker.outcomes).toEqual([goodAnswer('server'), goodAnswer('replacement')]);
    expect(unusable()).toHaveLength(1);
  });
});
