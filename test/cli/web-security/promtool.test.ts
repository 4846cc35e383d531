// World: the built program; promtool, and certificates of openssl. Provided by: apt-get install prometheus openssl
// The same web configurations are good or bad for promtool, which has the exporter-toolkit in it, and for us.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { makeCertificates } from '../../support/certificates.ts';
import { runProgram } from '../../support/program.ts';
import { HAS_PROMTOOL, PROMTOOL_PROVIDED_BY } from '../../support/promtool.ts';
import { CLIENT_LINES, PASSWORD_HASH, TLS_LINES, USER_LINES } from '../../support/web-config-files.ts';

const certificates = makeCertificates();
afterAll(() => certificates[Symbol.dispose]());

/** Only what Debian's version of it knows. */
const GOOD: Readonly<Record<string, string>> = {
  nothing: '',
  TLS: TLS_LINES,
  'client certificates': `${TLS_LINES}${CLIENT_LINES}`,
  users: `${USER_LINES}  bob: ${PASSWORD_HASH.replace('$2b', '$2y')}\n`,
  'versions, ciphers and curves': `${TLS_LINES}  min_version: TLS12
  max_version: TLS12
  cipher_suites: [TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256]
  prefer_server_cipher_suites: no
  curve_preferences: [CurveP256, X25519]
`,
  headers: `http_server_config:
  http2: false
  headers:
    X-Frame-Options: deny
    X-Content-Type-Options: nosniff
    Content-Security-Policy: "default-src 'self'"
    Strict-Transport-Security: max-age=31536000
`,
};

const BAD: Readonly<Record<string, string>> = {
  'an unknown key': 'tls_config: {}\n',
  'a certificate without a key': TLS_LINES.replace(/ {2}key_file.*\n/, ''),
  'the key of another certificate': TLS_LINES.replace('server.key', 'client.key'),
  'an unknown cipher suite': `${TLS_LINES}  cipher_suites: [TLS_NULL]\n`,
  'an unknown version': `${TLS_LINES}  min_version: TLS1.2\n`,
  'an unknown policy': `${TLS_LINES}  client_auth_type: Require\n`,
  'authorities without a policy': `${TLS_LINES}  client_ca_file: authority.pem\n`,
  'a password in the place of a hash': 'basic_auth_users:\n  alice: secret\n',
  'a header that may not be set': 'http_server_config:\n  headers:\n    Server: us\n',
};

describe.skipIf(!HAS_PROMTOOL)(`promtool and our check-config (${PROMTOOL_PROVIDED_BY})`, () => {
  it.each(Object.entries(GOOD))('both take %s', async (_what, text) => {
    expect(await verdicts(text)).toEqual({ promtool: 'good', ours: 'good' });
  });

  it.each(Object.entries(BAD))('both refuse %s', async (_what, text) => {
    expect(await verdicts(text)).toEqual({ promtool: 'bad', ours: 'bad' });
  });
});

async function verdicts(text: string): Promise<Readonly<Record<'promtool' | 'ours', 'good' | 'bad'>>> {
  const file = certificates.path('web.yml');
  writeFileSync(file, text);
  const { status } = spawnSync('promtool', ['check', 'web-config', file]);
  const { code } = await runProgram('check-config', `--web.config.file=${file}`);
  return { promtool: status === 0 ? 'good' : 'bad', ours: code === 0 ? 'good' : 'bad' };
}
