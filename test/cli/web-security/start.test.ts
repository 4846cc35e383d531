// World: this host; the built program; certificates of openssl. Provided by: apt-get install openssl
// The start with a web configuration: what it refuses, and what it says of one that it takes.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { makeCertificates } from '../../support/certificates.ts';
import { get } from '../../support/client.ts';
import { runProgram, startProgram } from '../../support/program.ts';
import { CLIENT_LINES, PASSWORD_HASH, TLS_LINES } from '../../support/web-config-files.ts';

const certificates = makeCertificates();
afterAll(() => certificates[Symbol.dispose]());

/** OpenSSL makes these, but serves with none that is so easily broken. */
const SMALL_KEYS = {
  rsa512: ['rsa:512'],
  rsa1024: ['rsa:1024'],
  ec192: ['ec', '-pkeyopt', 'ec_paramgen_curve:prime192v1'],
};
for (const [name, kind] of Object.entries(SMALL_KEYS)) {
  const names = ['-subj', '/CN=small', '-keyout', `${name}.key`, '-out', `${name}.pem`];
  execFileSync('openssl', ['req', '-x509', '-newkey', ...kind, '-nodes', ...names], {
    cwd: certificates.folder,
    stdio: 'pipe',
  });
}

const client = { ca: certificates.read('authority.pem') };

let files = 0;
function fileOf(text: string): string {
  files += 1;
  const file = certificates.path(`web-${files}.yml`);
  writeFileSync(file, text);
  return file;
}

const BROKEN: readonly (readonly [what: string, text: string, line: RegExp])[] = [
  ['an unknown key', 'tls_server_config:\n  cert_fil: server.pem\n', /:2: tls_server_config\.cert_fil: unknown key; /],
  [
    'a missing certificate file',
    TLS_LINES.replace('server.pem', 'none.pem'),
    /:2: tls_server_config\.cert_file: "\S+none\.pem" cannot be read \(ENOENT/,
  ],
  [
    'the key of another certificate',
    TLS_LINES.replace('server.key', 'client.key'),
    /:3: tls_server_config\.key_file: the key does not belong to the certificate; /,
  ],
  [
    'no key',
    'tls_server_config:\n  cert_file: server.pem\n',
    /:2: tls_server_config\.cert_file: given without key or key_file; /,
  ],
  [
    'a password in the place of a hash',
    'basic_auth_users:\n  alice: correct horse\n',
    /:2: basic_auth_users\.alice: the value \(not shown\) is not a bcrypt hash; /,
  ],
  [
    'a hash that is cut off',
    `basic_auth_users:\n  bob: ${PASSWORD_HASH}\n  alice: ${PASSWORD_HASH.slice(0, -1)}\n`,
    /:3: basic_auth_users\.alice: the value \(not shown\) is not a bcrypt hash; /,
  ],
  ['a limit that is none', 'rate_limit:\n  interval: soon\n', /:2: rate_limit\.interval: "soon" is not a duration; /],
  ['what is no YAML', 'tls_server_config: {\n', /:\d: not usable as YAML: /],
  ...[512, 1024].map(
    (bits) =>
      [
        `an RSA key of ${bits} bits`,
        TLS_LINES.replaceAll('server.', `rsa${bits}.`),
        new RegExp(`:3: tls_server_config\\.key_file: the RSA key has ${bits} bits; allowed: at least 2048`),
      ] as const,
  ),
  [
    'what OpenSSL alone does not take',
    TLS_LINES.replaceAll('server.', 'ec192.'),
    /: tls_server_config: OpenSSL does not take it: .*key too small/,
  ],
];

describe('a web configuration that cannot be used ends the start with code 2 and one line, and check-config too:', () => {
  it.each(BROKEN)('%s', async (_what, text, line) => {
    const file = fileOf(text);
    const ended = await runProgram('--web.listen-address=127.0.0.1:0', `--web.config.file=${file}`);
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toMatch(/^netstat-exporter: [^\n]+\n$/);
    expect(ended.stderr).toContain(file);
    expect(ended.stderr).toMatch(line);
    expect(await runProgram('check-config', `--web.config.file=${file}`)).toEqual(ended);
  });

  it('a file that is not there', async () => {
    const file = certificates.path('none.yml');
    const ended = await runProgram(`--web.config.file=${file}`);
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toMatch(
      /^netstat-exporter: --web\.config\.file: "\S+none\.yml" cannot be read \(ENOENT[^\n]+\n$/,
    );
    expect(await runProgram('check-config', `--web.config.file=${file}`)).toEqual(ended);
  });
});

describe('a good web configuration', () => {
  it('is checked without starting, and what it hardly means is said', async () => {
    const file = fileOf(`${TLS_LINES}http_server_config:\n  http2: true\n`);
    expect(await runProgram('check-config', `--web.config.file=${file}`)).toEqual({
      code: 0,
      stdout: 'the configuration is valid\n',
      stderr: `${file}:5: http_server_config.http2: HTTP/2 is not served; clients get HTTP/1.1\n`,
    });
  });

  it('is served over HTTPS, and what it hardly means is logged once', async () => {
    const file = fileOf(`${TLS_LINES}http_server_config:\n  http2: true\n`);
    await using program = await startProgram(`--web.config.file=${file}`);
    expect(program.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
    const { status, text } = await get(`${program.url}/metrics`, client);
    expect([status, text]).toEqual([200, expect.stringContaining('netstat_tcp_connections')]);
    await program.end();
    const lines = program.log().split('\n');
    expect(lines.filter((line) => line.includes('http2'))).toEqual([
      expect.stringContaining(`level=warn msg="${file}:5: http_server_config.http2: HTTP/2 is not served`),
    ]);
    expect(lines.filter((line) => line.includes('level=error'))).toEqual([]);
  });

  it('that names no certificate is served over plain HTTP', async () => {
    const file = fileOf('http_server_config:\n  headers:\n    X-Frame-Options: sameorigin\n');
    await using program = await startProgram(`--web.config.file=${file}`);
    const { status, headers } = await get(`${program.url}/`);
    expect([program.url, status, headers['x-frame-options']]).toEqual([
      expect.stringMatching(/^http:/),
      200,
      'sameorigin',
    ]);
  });

  it('lets nobody in who asks in another way, and goes on serving', async () => {
    const file = fileOf(`${TLS_LINES}${CLIENT_LINES}`);
    await using program = await startProgram(`--web.config.file=${file}`);
    const url = `${program.url}/metrics`;
    const identity = { cert: certificates.read('client.pem'), key: certificates.read('client.key') };
    for (let time = 0; time < 3; time += 1) {
      await expect(get(url.replace('https:', 'http:'))).rejects.toThrow(/socket hang up|ECONNRESET/);
      await expect(get(url, client)).rejects.toThrow(/alert|socket hang up|ECONNRESET/);
      expect(await get(url, { ...client, ...identity })).toMatchObject({ status: 200 });
    }
  });
});
