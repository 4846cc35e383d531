// World: this host; the built program; certificates of openssl. Provided by: apt-get install openssl
// What the program never says, whatever happens: passwords, hashes, keys.
import { writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { makeCertificates } from '../../support/certificates.ts';
import { type ClientOptions, get } from '../../support/client.ts';
import { PATIENCE } from '../../support/patience.ts';
import { runProgram, startProgram } from '../../support/program.ts';
import { PASSWORD, PASSWORD_HASH, replaceFile, USER } from '../../support/web-config-files.ts';

const certificates = makeCertificates();
afterAll(() => certificates[Symbol.dispose]());

const key = certificates.read('server.key');
const inline = (text: string): string => `|\n${text.trimEnd().replace(/^/gm, '    ')}\n`;
const GOOD = `tls_server_config:
  cert: ${inline(certificates.read('server.pem'))}  key: ${inline(key)}basic_auth_users:
  ${USER}: ${PASSWORD_HASH}
`;
const WRONG_PASSWORD = 'wrong battery staple';

/** Of the key each line, of the rest all and a good piece. */
const SECRETS = [
  ...key.split('\n').filter((line) => line.length > 40),
  ...[PASSWORD, WRONG_PASSWORD].flatMap((password) => [password, btoa(`${USER}:${password}`)]),
  PASSWORD_HASH,
  PASSWORD_HASH.slice(7, 29),
];

/** Files in which a secret stands where it does not belong, or is not what it should be. */
const BROKEN = {
  'a hash that is cut off': GOOD.replace(PASSWORD_HASH, PASSWORD_HASH.slice(0, -1)),
  'the password itself': GOOD.replace(PASSWORD_HASH, PASSWORD),
  'a hash without a name': `basic_auth_users:\n  - ${PASSWORD_HASH}\n`,
  'a hash as a name': `basic_auth_users:\n  ${PASSWORD_HASH}: ${USER}\n`,
  'a hash as a key': `${PASSWORD_HASH}: ${USER}\n`,
  'quotes without end': GOOD.replace(PASSWORD_HASH, `"${PASSWORD_HASH}`),
  'a hash after a star': GOOD.replace(PASSWORD_HASH, `*${PASSWORD_HASH}`),
  'a key as the name of a file': GOOD.replace('  key:', '  key_file:'),
  'a key as a certificate': GOOD.replace(inline(certificates.read('server.pem')), inline(key)),
  'a key that is cut off': GOOD.replace(/\n.*\n *-----END PRIVATE KEY-----/, '\n    -----END PRIVATE KEY-----'),
  'a key as a header': `http_server_config:\n  headers:\n    X-XSS-Protection: ${JSON.stringify(key)}\n`,
};

function expectNoSecret(said: string): void {
  for (const secret of SECRETS) expect(said).not.toContain(secret);
}

describe('no secret is said', () => {
  it.each(Object.entries(BROKEN))('at a start with %s', async (_what, text) => {
    const file = certificates.path('broken.yml');
    writeFileSync(file, text);
    const { code, stdout, stderr } = await runProgram('check-config', `--web.config.file=${file}`);
    expect([code, stdout]).toEqual([2, '']);
    expectNoSecret(stderr);
  });

  it('at level debug, after wrong requests and broken changes', async () => {
    const file = certificates.path('web.yml');
    writeFileSync(file, GOOD);
    await using program = await startProgram(`--web.config.file=${file}`, '--log.level=debug');
    const client: ClientOptions = { ca: certificates.read('authority.pem') };
    const requests: readonly (readonly [number | 'refused', ClientOptions])[] = [
      [200, { ...client, auth: `${USER}:${PASSWORD}` }],
      [401, { ...client, auth: `${USER}:${WRONG_PASSWORD}` }],
      [401, { ...client, auth: `${WRONG_PASSWORD}:${PASSWORD}` }],
      [401, { ...client, headers: { authorization: `Bearer ${btoa(`${USER}:${PASSWORD}`)}` } }],
      [401, { ...client, headers: { authorization: `Basic ${PASSWORD}` } }],
      ['refused', { auth: `${USER}:${PASSWORD}` }],
    ];
    for (const [outcome, options] of requests) {
      const { status } = await get(`${program.url}/metrics`, options).catch(() => ({ status: 'refused' }));
      expect(status).toBe(outcome);
    }
    const refusals = () => program.log().split('the web configuration cannot be used').length - 1;
    for (const [index, what] of (
      ['the password itself', 'quotes without end', 'a key that is cut off'] as const
    ).entries()) {
      replaceFile(file, BROKEN[what]);
      await vi.waitFor(() => expect(refusals()).toBe(index + 1), PATIENCE);
    }
    const { code, stdout, stderr } = await program.end();
    expect(code).toBe(0);
    expect(stderr).toContain('a TLS connection was refused');
    expectNoSecret(`${stdout}${stderr}`);
  });
});
