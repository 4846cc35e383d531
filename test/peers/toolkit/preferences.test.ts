// World: the exporter-toolkit's own server, as the oracle of ours. Provided by: npm run test:peers
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Certificates, makeCertificates } from '../../support/certificates.ts';
import { ask, cipher, each, group, offering } from './tls-offers.ts';
import { IS_MISSING, PROVIDED } from './toolkit.ts';

let certificates: Certificates;
beforeAll(() => {
  certificates = makeCertificates();
});
afterAll(() => certificates[Symbol.dispose]());

// The toolkit's documentation says the same of order as we do, but it leaves that to Go, which since 1.17 has an order of
// its own (crypto/tls, Config.CipherSuites, PreferServerCipherSuites and CurvePreferences).
describe.skipIf(IS_MISSING)(`order, which we hold to and Go no longer does (${PROVIDED}),`, () => {
  const [smaller, larger] = ['ECDHE-ECDSA-AES128-SHA', 'ECDHE-ECDSA-AES256-SHA'];
  const largerFirst = ['TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA', 'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA'];
  const questions = each([`${smaller}:${larger}`, `${larger}:${smaller}`], (names) => offering('TLSv1.2', names));

  it('for suites in the order of the server', async () => {
    const { toolkit, ours } = await ask(certificates, 'server', { cipher_suites: largerFirst }, questions, cipher);
    expect(Object.values(ours)).toEqual([larger, larger]);
    expect(Object.values(toolkit)).toEqual([smaller, smaller]);
  });

  it("for suites in the client's order", async () => {
    const settings = { cipher_suites: largerFirst, prefer_server_cipher_suites: false };
    const { toolkit, ours } = await ask(certificates, 'server', settings, questions, cipher);
    expect(Object.values(ours)).toEqual([smaller, larger]);
    expect(Object.values(toolkit)).toEqual([smaller, smaller]);
  });

  it.each([
    ['TLSv1.2', ['secp521r1', 'secp521r1']],
    // Another round trip would cost more than the better curve is worth, as both have it.
    ['TLSv1.3', ['prime256v1', 'secp521r1']],
  ] as const)('for curves of %s', async (of, expected) => {
    const settings = { curve_preferences: ['CurveP521', 'CurveP256'] };
    const offers = each(['P-256:P-521', 'P-521:P-256'], (names) => offering(of, undefined, names));
    const { toolkit, ours } = await ask(certificates, 'server', settings, offers, group);
    expect(Object.values(ours)).toEqual(expected);
    expect(Object.values(toolkit)).toEqual(['prime256v1', 'secp521r1']);
  });
});
