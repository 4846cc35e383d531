// World: the exporter-toolkit's own server, as the oracle of ours. Provided by: npm run test:peers
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Certificates, makeCertificates } from '../../support/certificates.ts';
import { ask, cipher, each, group, makeRsaCertificate, offering, version } from './tls-offers.ts';
import { IS_MISSING, PROVIDED } from './toolkit.ts';

const VERSIONS = { TLS10: 'TLSv1', TLS11: 'TLSv1.1', TLS12: 'TLSv1.2', TLS13: 'TLSv1.3' } as const;
type VersionName = keyof typeof VERSIONS;
const VERSION_NAMES = Object.keys(VERSIONS) as VersionName[];

/** By Go's names those that it takes for secure, and OpenSSL's names of them (RFC 5289, RFC 7905, RFC 8422). */
const CIPHER_SUITES = {
  TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA: 'ECDHE-ECDSA-AES128-SHA',
  TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA: 'ECDHE-ECDSA-AES256-SHA',
  TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA: 'ECDHE-RSA-AES128-SHA',
  TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA: 'ECDHE-RSA-AES256-SHA',
  TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256: 'ECDHE-ECDSA-AES128-GCM-SHA256',
  TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384: 'ECDHE-ECDSA-AES256-GCM-SHA384',
  TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256: 'ECDHE-RSA-AES128-GCM-SHA256',
  TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384: 'ECDHE-RSA-AES256-GCM-SHA384',
  TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256: 'ECDHE-RSA-CHACHA20-POLY1305',
  TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256: 'ECDHE-ECDSA-CHACHA20-POLY1305',
} as const;
const CURVES = { X25519: 'X25519', CurveP256: 'P-256', CurveP384: 'P-384', CurveP521: 'P-521' } as const;

/** Go takes none of these for secure, but has them. */
const WITHOUT_FORWARD_SECRECY = ['AES128-SHA', 'AES256-SHA', 'AES128-GCM-SHA256', 'AES256-GCM-SHA384'] as const;
const WEAK = ['ECDHE-RSA-AES128-SHA256', 'ECDHE-ECDSA-AES128-SHA256', 'DHE-RSA-AES128-GCM-SHA256'] as const;

let certificates: Certificates;
beforeAll(() => {
  certificates = makeCertificates();
  makeRsaCertificate(certificates);
});
afterAll(() => certificates[Symbol.dispose]());

const everyVersion = Object.fromEntries(VERSION_NAMES.map((name) => [name, offering(VERSIONS[name])]));

describe.skipIf(IS_MISSING)(`a handshake (${PROVIDED})`, () => {
  const ranges = VERSION_NAMES.flatMap((least) => VERSION_NAMES.map((most) => [least, most] as const));
  const properRanges = ranges.filter(([least, most]) => least <= most);
  it.each(properRanges)('is had with the clients from %s to %s', async (least, most) => {
    const { toolkit, ours } = await ask(
      certificates,
      'server',
      { min_version: least, max_version: most },
      everyVersion,
      version,
    );
    expect(ours).toEqual(toolkit);
    const served = VERSION_NAMES.filter((name) => ours[name] !== 'refused');
    expect(served).toEqual(VERSION_NAMES.filter((name) => least <= name && name <= most));
  });

  it('is had with the clients of TLS 1.2 and 1.3 where nothing is said', async () => {
    const { toolkit, ours } = await ask(certificates, 'server', {}, everyVersion, version);
    expect(ours).toEqual(toolkit);
    expect(ours).toEqual({ TLS10: 'refused', TLS11: 'refused', TLS12: 'TLSv1.2', TLS13: 'TLSv1.3' });
  });

  it.each(Object.entries(CIPHER_SUITES))('agrees on %s where that is the only one', async (suite, name) => {
    const questions = each(Object.values(CIPHER_SUITES), (offered) => offering('TLSv1.2', `${offered}:@SECLEVEL=0`));
    const key = suite.includes('ECDSA') ? 'server' : 'rsa';
    const { toolkit, ours } = await ask(certificates, key, { cipher_suites: [suite] }, questions, cipher);
    expect(ours).toEqual(toolkit);
    expect(Object.values(ours).filter((agreed) => agreed !== 'refused')).toEqual([name]);
  });

  it.each(['server', 'rsa'] as const)(
    'is had with the same suites where none is chosen, with the certificate %s',
    async (key) => {
      const suites = [...Object.values(CIPHER_SUITES), ...WITHOUT_FORWARD_SECRECY, ...WEAK];
      const questions = each(suites, (offered) => offering('TLSv1.2', `${offered}:@SECLEVEL=0`));
      const { toolkit, ours } = await ask(certificates, key, {}, questions, cipher);
      expect(ours).toEqual(toolkit);
    },
  );

  it('is had with every suite of TLS 1.3, whichever are chosen', async () => {
    const suites = ['TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256'];
    const questions = { 'TLS 1.2': offering('TLSv1.2'), ...each(suites, (offered) => offering('TLSv1.3', offered)) };
    const { toolkit, ours } = await ask(
      certificates,
      'server',
      { cipher_suites: ['TLS_AES_256_GCM_SHA384'] },
      questions,
      cipher,
    );
    expect(ours).toEqual(toolkit);
    expect(ours).toEqual({ 'TLS 1.2': 'refused', ...Object.fromEntries(suites.map((name) => [name, name])) });
  });

  it.each(Object.keys(CURVES))('is had with the same groups where %s is the only curve', async (curve) => {
    const names = [...Object.values(CURVES), 'auto'];
    const questions = Object.fromEntries(
      names.flatMap((name) => [
        [`TLS 1.2 ${name}`, offering('TLSv1.2', 'ECDHE-RSA-AES128-GCM-SHA256', name)],
        [`TLS 1.3 ${name}`, offering('TLSv1.3', undefined, name)],
      ]),
    );
    const { toolkit, ours } = await ask(certificates, 'rsa', { curve_preferences: [curve] }, questions, group);
    expect(ours).toEqual(toolkit);
    // The client that has this one, and the one that has all, in either version.
    expect(Object.values(ours).filter((agreed) => agreed !== 'refused')).toHaveLength(4);
  });

  it('is had with the same groups where no curve is chosen', async () => {
    const questions = each([...Object.values(CURVES), 'auto'], (name) => offering('TLSv1.3', undefined, name));
    const { toolkit, ours } = await ask(certificates, 'rsa', {}, questions, group);
    expect(ours).toEqual(toolkit);
  });
});
