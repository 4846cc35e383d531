// The web configuration file, and the PEM file that it names: a frozen configuration, or one line without a secret.
import assert from 'node:assert/strict';
import { ConfigError } from '../../../src/config/error.ts';
import { loadWebConfig } from '../../../src/config/web/load.ts';
import { SHAPE } from '../../../src/config/web/shape.ts';
import { CASES, type WebConfigCase } from '../../config/web/cases.ts';
import { settledOrRefusal } from '../properties.ts';
import { type FuzzTarget, textOf } from '../target.ts';

/** What stands behind it is what each file holds that the configuration names. */
const SEPARATOR = '\n%%%\n';
const TLS = 'tls_server_config:\n  cert_file: server.pem\n  key_file: server.key\n';
/** Nobody has its key. */
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBdjCCARugAwIBAgIUJZ7RlwA/f2SoWnKqkdabE//mfwYwCgYIKoZIzj0EAwIw
DzENMAsGA1UEAwwEZnV6ejAgFw0yNjExMjMwNTI0MDdaGA8yMTI2MTAzMDA1MjQw
N1owDzENMAsGA1UEAwwEZnV6ejBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABHdX
XQHpRIkT3NafAp3CMlbe+wE3QoGM0BucDGTHUDrVC3MhUrMDVC9SOhsjHkZWw/cj
ZmyOpEmGEfOvK+xYlWSjUzBRMB0GA1UdDgQWBBSfXn/BT4CLxt3QZ6ZSXV7UVcZE
azAfBgNVHSMEGDAWgBSfXn/BT4CLxt3QZ6ZSXV7UVcZEazAPBgNVHRMBAf8EBTAD
AQH/MAoGCCqGSM49BAMCA0kAMEYCIQDgBSoDPDBarORgAXsOtFOrhnuVmvuKbgNR
wvSUuM5B5QIhAKYnKKF3grNwzptoASicdvcbCI0uAz+JYe+3CriaUg43
-----END CERTIFICATE-----
`;

/** Good, and without certificates, whose keys nobody has here. */
function isTakenAlone({ verdict, yaml }: WebConfigCase): boolean {
  return verdict === 'good' && !/cert/.test(yaml);
}

export const webConfig: FuzzTarget = {
  async check(input) {
    const [text = '', pem = ''] = textOf(input).split(SEPARATOR);
    const readFile = async (path: string, maximumBytes: number): Promise<Uint8Array> =>
      Buffer.from(path === 'web.yml' ? text : pem).subarray(0, maximumBytes);
    const config = await settledOrRefusal(ConfigError, loadWebConfig('web.yml', readFile));
    if (config === undefined) return;
    assert.ok(Object.isFrozen(config) && Object.isFrozen(config.notes));
    for (const note of config.notes) assert.doesNotMatch(note, /\$2[aby]\$|-----/);
    for (const [name, value] of Object.entries(config.headers))
      assert.ok(name in SHAPE.http_server_config.headers && value !== '');
    for (const hash of config.users.values()) assert.match(hash, /^\$2[aby]\$\d\d\$.{53}$/);
    const { intervalMs = 1, burst = 0 } = config.rateLimit ?? {};
    assert.ok(intervalMs > 0 && Number.isSafeInteger(burst) && burst >= 0);
  },
  taken: CASES.filter(isTakenAlone).map(({ yaml }) => Buffer.from(yaml)),
  others: [
    ...CASES.filter((one) => !isTakenAlone(one)).map(({ yaml }) => yaml),
    TLS + SEPARATOR + CERTIFICATE,
    `${TLS}${SEPARATOR}-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n`,
  ].map((text) => Buffer.from(text)),
  words: [
    ...Object.entries(SHAPE).flatMap(([group, keys]) => [
      group,
      ...(typeof keys === 'object' ? Object.keys(keys) : []),
    ]),
    ...[
      '&a ',
      '*a',
      '<<: ',
      '[',
      ']',
      '{',
      '}',
      '- ',
      ': ',
      '\n  ',
      '-----BEGIN ',
      '-----END ',
      SEPARATOR,
      '__proto__: ',
    ],
  ],
};
