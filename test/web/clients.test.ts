// World: curl, promtool and Prometheus, as clients that are not ours; certificates of openssl. Provided by: apt-get install curl prometheus openssl

import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { OPEN, type WebSecurity } from '../../src/web/security.ts';
import { runPrometheus } from '../peers/prometheus.ts';
import { makeCertificates } from '../support/certificates.ts';
import { readText } from '../support/exposition.ts';
import { PATIENCE } from '../support/patience.ts';
import { ask, hashOf, startServer } from './running-server.ts';
import { tlsSettings } from './tls-client.ts';

const run = promisify(execFile);
const [hasCurl, hasPromtool, hasPrometheus] = ['curl', 'promtool', 'prometheus'].map(
  (program) => spawnSync(program, ['--version']).status === 0,
);

const certificates = makeCertificates();
afterAll(() => certificates[Symbol.dispose]());

const USER = 'alice';
const PASSWORD = 'correct horse: "ä"';
/** A client needs a certificate, and a user's password. */
const CLOSED: WebSecurity = {
  ...OPEN,
  tls: tlsSettings(certificates, {
    clientAuthType: 'RequireAndVerifyClientCert',
    clientAuthorities: certificates.read('authority.pem'),
  }),
  users: new Map([[USER, hashOf(PASSWORD)]]),
};

describe.skipIf(!hasCurl)('curl (provided by: apt-get install curl)', () => {
  test('reads the whole of a compressed answer', async () => {
    const { port } = await startServer();
    const accept = 'Accept: application/openmetrics-text';
    const url = `http://127.0.0.1:${port}/metrics`;
    const { stdout } = await run('curl', ['--silent', '--compressed', '--header', accept, url]);
    const { samples, ended } = readText(stdout);
    expect(ended).toBe(true);
    expect(samples.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['netstat_tcp_connections', 'netstat_exporter_build_info']),
    );
  });

  const authority = ['--cacert', 'authority.pem'];
  const certificate = ['--cert', 'client.pem', '--key', 'client.key'];
  const user = ['--user', `${USER}:${PASSWORD}`];

  async function exitCodeOf(port: number, ...args: readonly string[]): Promise<number> {
    const url = `https://127.0.0.1:${port}/metrics`;
    const all = ['--silent', '--fail', '--output', '/dev/null', ...args, url];
    const ended = run('curl', all, { cwd: certificates.folder });
    return ended.then(
      () => 0,
      ({ code }: { readonly code: number }) => code,
    );
  }

  test.each(['--tls-max 1.2', '--tlsv1.3', '--http2'])('is let in with %s', async (version) => {
    const { port } = await startServer({ security: CLOSED });
    expect(await exitCodeOf(port, ...version.split(' '), ...authority, ...certificate, ...user)).toBe(0);
  });

  /** By curl's manual: 22 an HTTP error, 35 in the handshake, 52 no answer, 56 while it reads, 60 that the server is not trusted. */
  test.each<[what: string, codes: readonly number[], args: readonly string[]]>([
    ['another password', [22], [...authority, ...certificate, '--user', `${USER}:wrong`]],
    ['another user', [22], [...authority, ...certificate, '--user', `bob:${PASSWORD}`]],
    ['no password', [22], [...authority, ...certificate]],
    ['no certificate over TLS 1.3, in which the handshake is over then', [56], [...authority, ...user, '--tlsv1.3']],
    ['no certificate over TLS 1.2', [35], [...authority, ...user, '--tls-max', '1.2']],
    [
      "a stranger's certificate",
      [35, 52, 56],
      [...authority, ...user, '--cert', 'stranger.pem', '--key', 'stranger.key'],
    ],
    [
      'a certificate that has expired',
      [35, 52, 56],
      [...authority, ...user, '--cert', 'expired.pem', '--key', 'expired.key'],
    ],
    ['TLS 1.1', [35], [...authority, ...certificate, ...user, '--tls-max', '1.1']],
    ['another authority', [60], ['--cacert', 'stranger.pem', ...certificate, ...user]],
  ])('is not let in with %s', async (_what, codes, args) => {
    const { port } = await startServer({ security: CLOSED });
    expect(codes).toContain(await exitCodeOf(port, ...args));
  });
});

describe.skipIf(!hasPromtool)('promtool (provided by: apt-get install prometheus)', () => {
  test('finds nothing to say about an answer', async () => {
    const { port } = await startServer();
    await ask(port, '/metrics');
    const { text } = await ask(port, '/metrics');
    const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], { input: text });
    expect({ status, output: `${stdout}${stderr}` }).toEqual({ status: 0, output: '' });
  });
});

describe.skipIf(!hasPrometheus)('Prometheus (provided by: apt-get install prometheus)', () => {
  test('scrapes with certificate and password, and says what is wrong without', async () => {
    const { port } = await startServer({ security: CLOSED });
    const trusting = { ca_file: certificates.path('authority.pem') };
    const identified = {
      ...trusting,
      cert_file: certificates.path('client.pem'),
      key_file: certificates.path('client.key'),
    };
    const basic = { username: USER, password: PASSWORD };
    const job = (name: string, changes: object): object => ({
      job_name: name,
      scheme: 'https',
      tls_config: identified,
      basic_auth: basic,
      static_configs: [{ targets: [`127.0.0.1:${port}`] }],
      ...changes,
    });
    const jobs = [
      job('right', {}),
      job('wrong password', { basic_auth: { ...basic, password: 'wrong' } }),
      job('no certificate', { tls_config: trusting }),
      job('another authority', { tls_config: { ...identified, ca_file: certificates.path('stranger.pem') } }),
    ];
    const often = { scrape_interval: '1s', scrape_timeout: '1s' };
    await using prometheus = await runPrometheus('prometheus', { global: often, scrape_configs: jobs });
    const jobsOf = async (expression: string) => {
      const series = await prometheus.query(expression);
      return series.map(({ labels }) => labels['job']);
    };
    await vi.waitFor(async () => {
      expect(Object.fromEntries(await prometheus.lastErrors())).toEqual({
        right: '',
        'wrong password': 'server returned HTTP status 401 Unauthorized',
        'no certificate': expect.stringMatching(/remote error: tls: certificate required$/),
        'another authority': expect.stringMatching(/x509: certificate signed by unknown authority/),
      });
      expect(await jobsOf('netstat_exporter_build_info')).toEqual(['right']);
    }, PATIENCE);
    expect(await jobsOf('count by (job) (netstat_tcp_connections)')).toEqual(['right']);
    expect(await jobsOf('max_over_time(up[1h]) == 1')).toEqual(['right']);
    expect(await jobsOf('max_over_time(up[1h]) == 0')).toHaveLength(jobs.length - 1);
  });
});
