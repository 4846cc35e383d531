// World: openssl, a folder for temporary files. The web configuration: what each case says, or why it is refused.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { getCiphers } from 'node:tls';
import { afterAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { loadWebConfig } from '../../../src/config/web/load.ts';
import type { WebConfig } from '../../../src/config/web/web-config.ts';
import type { WebSecurity } from '../../../src/web/security.ts';
import { makeCertificates } from '../../support/certificates.ts';
import { CASES, caseText, HASH } from './cases.ts';
import { SAYINGS, type Saying } from './sayings.ts';
import { complaint, fromFolder } from './world.ts';

const certificates = makeCertificates();
afterAll(() => certificates[Symbol.dispose]());

const SERVER = 'tls_server_config:\n  cert_file: server.pem\n  key_file: server.key\n';

/** In the terms of the sayings: without the folder and dates; users as an object. */
function saidBy({ tls, headers, users, rateLimit, notes }: WebConfig): Saying {
  return {
    ...{ tls, headers, rateLimit },
    users: Object.fromEntries(users),
    notes: notes.map((note) =>
      note.replace(`${certificates.folder}/`, '').replace(/ \w+ +\d+ [\d:]+ \d+ GMT$/, ' DATE'),
    ),
  };
}

/** With the texts of the files in the place of their names. */
function expected(saying: Saying): Saying {
  const { tls } = saying;
  if (tls === undefined) return saying;
  const { clientAuthorities } = tls;
  return {
    ...saying,
    tls: {
      ...tls,
      certificates: certificates.read(tls.certificates),
      key: certificates.read(tls.key),
      clientAuthorities: clientAuthorities && certificates.read(clientAuthorities),
    },
  };
}

describe('a web configuration with', () => {
  const good = CASES.filter(({ verdict }) => verdict === 'good');

  it.each(good)('$name is taken as it is meant', async (one) => {
    const config = await fromFolder(certificates, caseText(one, certificates.read));
    const saying = SAYINGS[one.name];
    expect(saying && expected(saying)).toEqual(saidBy(config));
  });

  it.each(CASES.filter(({ verdict }) => verdict !== 'good'))('$name is refused in one line', async (one) => {
    const message = await complaint(fromFolder(certificates, caseText(one, certificates.read)));
    expect(message).toMatch(one.verdict);
    expect(message).toMatch(/^[^\p{Cc}\p{Zl}\p{Zp}]+$/u);
  });

  it('a name of its own is a case: none stands for two, and every good one says something', () => {
    expect(new Set(CASES.map(({ name }) => name)).size).toBe(CASES.length);
    expect(Object.keys(SAYINGS).toSorted()).toEqual(good.map(({ name }) => name).toSorted());
  });
});

describe('what was read', () => {
  it('is what the server takes, and frozen', async () => {
    const cipherSuites = '  cipher_suites: [TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256]\n';
    const config = await fromFolder(certificates, `${SERVER}${cipherSuites}rate_limit: {interval: 1s, burst: 1}\n`);
    const security: WebSecurity = config;
    const parts = [security, security.tls, security.tls?.cipherSuites, security.headers, security.rateLimit];
    expect([...parts, config.notes].every(Object.isFrozen)).toBe(true);
  });

  it('has cipher suites that OpenSSL knows', async () => {
    const names = ['128_GCM_SHA256', '256_GCM_SHA384', '128_CBC_SHA', '256_CBC_SHA'].flatMap((suite) =>
      ['TLS_ECDHE_ECDSA', 'TLS_ECDHE_RSA', 'TLS_RSA'].map((exchange) => `${exchange}_WITH_AES_${suite}`),
    );
    const all = [
      ...names,
      'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256',
      'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256',
    ];
    const { tls } = await fromFolder(certificates, `${SERVER}  cipher_suites: [${all.join(', ')}]\n`);
    expect(tls?.cipherSuites).toHaveLength(all.length);
    const known = getCiphers();
    expect(tls?.cipherSuites?.filter((suite) => !known.includes(suite.toLowerCase()))).toEqual([]);
  });

  it('remembers the files that it was read from', async () => {
    const { files } = await fromFolder(certificates, SERVER);
    expect([...files.keys()]).toEqual(['web.yml', 'server.pem', 'server.key'].map(certificates.path));
  });
});

describe('the file', () => {
  it('that is not there, or none, is named with its option', async () => {
    expect(await complaint(loadWebConfig('/nothing/web.yml'))).toBe(
      `--web.config.file: "/nothing/web.yml" cannot be read (ENOENT: no such file or directory, stat '/nothing/web.yml'); allowed: a readable YAML file`,
    );
    expect(await complaint(loadWebConfig(certificates.folder))).toContain('cannot be read (not a file)');
  });

  it('is no pipe, which could be read only once', async () => {
    execFileSync('mkfifo', [certificates.path('pipe')]);
    expect(await complaint(loadWebConfig(certificates.path('pipe')))).toContain('cannot be read (not a file)');
  });

  it('has a largest size', async () => {
    await fromFolder(certificates, `# ${'x'.repeat(262_142)}`);
    expect(await complaint(fromFolder(certificates, `# ${'x'.repeat(262_143)}`))).toContain(
      'is too large; allowed: at most 262144 bytes',
    );
  });

  it('is UTF-8', async () => {
    writeFileSync(certificates.path('wide.yml'), Buffer.from('\ufeffrate_limit: {}', 'utf16le'));
    expect(await complaint(loadWebConfig(certificates.path('wide.yml')))).toContain('is not UTF-8 text');
  });
});

describe('certificates', () => {
  const from = (file: string, text: string | Uint8Array): Promise<WebConfig> => {
    writeFileSync(certificates.path(file), text);
    return fromFolder(certificates, SERVER.replace('server.pem', file));
  };

  it('may be several, with anything between them, also the key', async () => {
    const [server, key, authority] = ['server.pem', 'server.key', 'authority.pem'].map(certificates.read);
    const { tls } = await from('chain.pem', `Subject: ours\r\n${server}${key}\n${authority?.trimEnd()}`);
    expect(tls?.certificates).toBe(`${server}${authority}`);
    writeFileSync(
      certificates.path('web.yml'),
      SERVER.replace('server.pem', 'chain.pem').replace('server.key', 'chain.pem'),
    );
    expect((await loadWebConfig(certificates.path('web.yml'))).tls?.key).toBe(key);
  });

  it('are all checked, not only the first', async () => {
    const damaged = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
    expect(await complaint(from('chain.pem', `${certificates.read('server.pem')}${damaged}`))).toMatch(
      /web\.yml:2: tls_server_config\.cert_file: certificate 2 of ".*chain\.pem" cannot be read \(.+\); allowed: a PEM/,
    );
  });

  it('are PEM: of DER is said what to do, and of a half-written one that there is none', async () => {
    const der = Buffer.from(certificates.read('server.pem').replaceAll(/-.+-|\s/g, ''), 'base64');
    expect(await complaint(from('server.der', der))).toMatch(/has no certificate; allowed: .*-inform DER/);
    const half = certificates.read('server.pem').slice(0, 300);
    expect(await complaint(from('half.pem', half))).toMatch(/has no certificate; allowed: /);
  });

  it('have a largest size', async () => {
    const server = certificates.read('server.pem');
    await from('large.pem', server.padEnd(1_048_576));
    expect(await complaint(from('large.pem', server.padEnd(1_048_577)))).toContain(
      'large.pem" is too large; allowed: at most 1048576 bytes',
    );
  });

  it('are taken from the folder of the file, whatever the working folder is', async () => {
    writeFileSync(certificates.path('absolute.yml'), SERVER.replaceAll('server.', certificates.path('server.')));
    const config = await loadWebConfig(certificates.path('absolute.yml'));
    expect(config.tls).toEqual((await fromFolder(certificates, SERVER)).tls);
  });

  it('that are not valid yet are remarked upon', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2020-01-01') });
    onTestFinished(() => void vi.useRealTimers());
    const { notes } = await fromFolder(certificates, SERVER);
    expect(notes).toEqual([
      expect.stringContaining('web.yml:2: tls_server_config.cert_file: the certificate is not valid before '),
    ]);
  });
});

describe('private keys', () => {
  const openssl = (...args: string[]): string =>
    execFileSync('openssl', args, { cwd: certificates.folder, stdio: 'pipe', encoding: 'utf8' });

  it('may be in the older format, after the parameters of the curve', async () => {
    const text = openssl('ecparam', '-name', 'prime256v1') + openssl('ec', '-in', 'server.key');
    expect(text).toContain('-----BEGIN EC PARAMETERS-----');
    writeFileSync(certificates.path('older.key'), text);
    const { tls } = await fromFolder(certificates, SERVER.replace('server.key', 'older.key'));
    expect(tls?.key).toMatch(/^-----BEGIN EC PRIVATE KEY-----\n/);
  });

  it('that are encrypted in the older format are told from damaged ones', async () => {
    openssl('ec', '-in', 'server.key', '-out', 'encrypted-older.key', '-aes128', '-passout', 'pass:secret');
    const encrypted = fromFolder(certificates, SERVER.replace('server.key', 'encrypted-older.key'));
    expect(await complaint(encrypted)).toMatch(/encrypted-older\.key" is encrypted; allowed: .* without a passphrase/);
    writeFileSync(certificates.path('damaged.key'), '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n');
    const damaged = fromFolder(certificates, SERVER.replace('server.key', 'damaged.key'));
    expect(await complaint(damaged)).toMatch(
      /the key of ".*damaged\.key" cannot be read \(.+\); allowed: a PEM private/,
    );
  });
});

describe('users', () => {
  it('with hashes that no password fits are refused: bits that bcrypt leaves at 0', async () => {
    const last = (hash: string, index: number, character: string): string =>
      `${hash.slice(0, index)}${character}${hash.slice(index + 1)}`;
    for (const hash of [last(HASH, 28, 'w'), last(HASH, 59, 'H')]) {
      expect(await complaint(fromFolder(certificates, `basic_auth_users: {alice: ${hash}}`))).toContain(
        'basic_auth_users.alice: the value (not shown) is not a bcrypt hash',
      );
    }
  });
});
