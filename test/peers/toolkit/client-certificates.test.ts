// World: the exporter-toolkit's own server, as the oracle of ours. Provided by: npm run test:peers
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CLIENT_AUTH_TYPES } from '../../../src/config/web/protocol.ts';
import { type Certificates, makeCertificates } from '../../support/certificates.ts';
import { type Each, outcome, startBoth } from './both.ts';
import type { Question } from './exchange.ts';
import { IS_MISSING, PROVIDED } from './toolkit.ts';

/** An older name of RequireAnyClientCert is known, too. */
const AUTH_TYPES = [...CLIENT_AUTH_TYPES, 'RequireClientCert'] as const;
/** `none`: the client has no certificate. */
const CLIENTS = ['client', 'stranger', 'expired', 'no-client', 'none'] as const;
const SERVER = { cert_file: 'server.pem', key_file: 'server.key' };
/** All that the certificate `client` has. */
const CLIENT_NAMES = [
  'scraper.test',
  'scraper@example.test',
  '192.0.2.7',
  '2001:db8::7',
  'spiffe://example.test/scraper',
] as const;

let certificates: Certificates;
beforeAll(() => {
  certificates = makeCertificates();
});
afterAll(() => certificates[Symbol.dispose]());

function questions(clients: readonly string[] = CLIENTS): Readonly<Record<string, Question>> {
  const versions = ['TLSv1.2', 'TLSv1.3'] as const;
  return Object.fromEntries(
    clients.flatMap((client) =>
      versions.map((version) => [
        `${client} ${version}`,
        { tls: { ...identity(client), minVersion: version, maxVersion: version } },
      ]),
    ),
  );
}

function identity(client: string): { cert?: string; key?: string } {
  if (client === 'none') return {};
  return { cert: certificates.read(`${client}.pem`), key: certificates.read(`${client}.key`) };
}

/** The type alone is told whom to trust: with NoClientCert that is an error. */
function policy(clientAuthType: string): object {
  const authorities = clientAuthType === 'NoClientCert' ? {} : { client_ca_file: 'authority.pem' };
  return { ...SERVER, client_auth_type: clientAuthType, ...authorities };
}

const LET_IN = { 'client TLSv1.2': 200, 'client TLSv1.3': 200 } as const;
const REFUSED = { 'client TLSv1.2': 'refused', 'client TLSv1.3': 'refused' } as const;

/** What a client hears whose certificate is trusted, where these names are allowed. */
async function answers(allowed: readonly string[]): Promise<Each<object>> {
  const tls = { ...policy('RequireAndVerifyClientCert'), client_allowed_sans: allowed };
  await using both = await startBoth(certificates, { tls_server_config: tls });
  return await both.ask(questions(['client']), outcome);
}

describe.skipIf(IS_MISSING)(`a client's certificate (${PROVIDED})`, () => {
  describe.each(AUTH_TYPES)('with %s', (clientAuthType) => {
    it('lets the same clients in', async () => {
      await using both = await startBoth(certificates, { tls_server_config: policy(clientAuthType) });
      const { toolkit, ours } = await both.ask(questions(), outcome);
      expect(ours).toEqual(toolkit);
      expect(ours).toMatchObject(LET_IN);
    });

    it.each([
      ['all names of the right one', [...CLIENT_NAMES]],
      ['another name', ['elsewhere.test']],
    ])('and %s allowed lets the same clients in', async (_names, allowed) => {
      const tls = { ...policy(clientAuthType), client_allowed_sans: allowed };
      await using both = await startBoth(certificates, { tls_server_config: tls });
      const { toolkit, ours } = await both.ask(questions(), outcome);
      expect(ours).toEqual(toolkit);
    });
  });

  it.each(CLIENT_NAMES)('is let in by its name %s', async (name) => {
    expect(await answers([name])).toEqual({ toolkit: LET_IN, ours: LET_IN });
  });

  it('is not let in by what only looks like one of its names', async () => {
    const names = [
      '2001:DB8:0:0:0:0:0:7',
      '2001:0db8::7',
      'SCRAPER.TEST',
      '*.test',
      'DNS:scraper.test',
      ' scraper.test',
      '',
    ];
    expect(await answers(names)).toEqual({ toolkit: REFUSED, ours: REFUSED });
  });

  it('is not let in where no name is allowed', async () => {
    expect(await answers([])).toEqual({ toolkit: REFUSED, ours: REFUSED });
  });

  it('is nobody who is known, where no authority is given', async () => {
    const tls = { ...SERVER, client_auth_type: 'VerifyClientCertIfGiven' };
    await using both = await startBoth(certificates, { tls_server_config: tls });
    const { toolkit, ours } = await both.ask(questions(['client', 'none']), outcome);
    expect(ours).toEqual(toolkit);
    expect(ours).toMatchObject({ 'client TLSv1.3': 'refused', 'none TLSv1.3': 200 });
  });
});
