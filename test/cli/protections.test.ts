// What the log says of a web configuration: what it protects from, and what it does no longer.
import { describe, expect, it } from 'vitest';
import { lostProtections, summary } from '../../src/cli/protections.ts';
import { type ClientAuthType, OPEN, type WebSecurity } from '../../src/web/security.ts';
import { TLS_DEFAULTS } from '../support/tls-settings.ts';

const USERS: WebSecurity = { ...OPEN, users: new Map([['alice', '$2y$']]) };

function withTls(clientAuthType: ClientAuthType): WebSecurity {
  return { ...OPEN, tls: { ...TLS_DEFAULTS, certificates: '', key: '', clientAuthType } };
}

describe('a change takes away', () => {
  const noTls = 'there is no TLS any more';
  const noCertificate = 'no client needs a certificate any more';

  it.each([
    ['nothing', OPEN, USERS, []],
    ['nothing but the rate limit', { ...USERS, rateLimit: { intervalMs: 1, burst: 1 } }, USERS, []],
    ['passwords', USERS, OPEN, ['nobody needs a password any more']],
    ['TLS', withTls('NoClientCert'), USERS, [noTls]],
    ['TLS and certificates', withTls('RequireAndVerifyClientCert'), OPEN, [noTls, noCertificate]],
    [
      'certificates that count',
      withTls('RequireAndVerifyClientCert'),
      withTls('RequireAnyClientCert'),
      [noCertificate],
    ],
    ['certificates that never counted', withTls('RequestClientCert'), withTls('NoClientCert'), []],
  ] as const)('%s', (_what, before, after, lost) => {
    expect(lostProtections(before, after)).toEqual(lost);
  });
});

it('the summary has no secret', () => {
  expect(summary({ ...withTls('RequireAndVerifyClientCert'), users: USERS.users })).toEqual({
    tls: true,
    clientAuth: 'RequireAndVerifyClientCert',
    users: 1,
    rateLimit: false,
  });
});
