// World: certificates of openssl. Provided by: apt-get install openssl
// The names of certificates, as text that can be compared.
import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { subjectAlternativeNames } from '../../src/web/subject-alternative-names.ts';

test.each([
  [['DNS:a.test'], ['a.test']],
  [
    ['DNS:a.test', 'email:a@b.test', 'IP:192.0.2.7', 'URI:https://a.test:8443/b?c=d'],
    ['a.test', 'a@b.test', '192.0.2.7', 'https://a.test:8443/b?c=d'],
  ],
  [
    ['IP:2001:DB8::7', 'IP:::1', 'IP:::ffff:192.0.2.1'],
    ['2001:db8::7', '::1', '192.0.2.1'],
  ],
  // What looks like the next name is none.
  [['DNS:a.test, DNS:b.test'], ['a.test, DNS:b.test']],
  [['URI:x"y\\z, IP Address:192.0.2.9'], ['x"y\\z, IP Address:192.0.2.9']],
  [['RID:1.2.3.4', 'DNS:a.test'], ['a.test']],
  [[], []],
])('%j are %j', (written, names) => {
  expect(subjectAlternativeNames(certificateFor(written))).toEqual(names);
});

/** Each name on a line of its own in openssl's configuration, where a comma is a comma. */
function certificateFor(names: readonly string[]): X509Certificate {
  const folder = mkdtempSync(join(tmpdir(), 'netstat-exporter-names-'));
  try {
    const lines = names.map((name, index) => {
      const colon = name.indexOf(':');
      return `${name.slice(0, colon)}.${index} = ${escaped(name.slice(colon + 1))}`;
    });
    const names_ = names.length === 0 ? [] : ['subjectAltName=@names', '[names]', ...lines];
    writeFileSync(
      join(folder, 'config'),
      ['[req]', 'distinguished_name=dn', '[dn]', '[ext]', ...names_, ''].join('\n'),
    );
    const make = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-subj', '/CN=x'];
    const to = ['-config', 'config', '-extensions', 'ext', '-keyout', 'key', '-out', 'certificate'];
    execFileSync('openssl', [...make, ...to], { cwd: folder, stdio: 'pipe' });
    return new X509Certificate(readFileSync(join(folder, 'certificate')));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function escaped(value: string): string {
  return value.replace(/["\\]/g, '\\$&');
}
