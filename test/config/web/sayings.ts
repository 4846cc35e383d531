// What the good cases say, by their names.
import type { ClientAuthType, RateLimit, TlsSettings } from '../../../src/config/web/web-config.ts';
import { TLS_DEFAULTS } from '../../support/tls-settings.ts';
import { HASH, OTHER_HASH } from './cases.ts';

export interface Saying {
  /** Certificates and keys by their files. */
  readonly tls: TlsSettings | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly users: Readonly<Record<string, string>>;
  readonly rateLimit: RateLimit | undefined;
  /** Without the folder. */
  readonly notes: readonly string[];
}

const NOTHING: Saying = { tls: undefined, headers: {}, users: {}, rateLimit: undefined, notes: [] };
const NOTHING_AT_ALL: Saying = { ...NOTHING, notes: ['web.yml: nothing is configured'] };
const NOT_ENCRYPTED = 'web.yml: users, but no TLS: passwords are not encrypted on their way';

const SERVER: TlsSettings = {
  certificates: 'server.pem',
  key: 'server.key',
  ...TLS_DEFAULTS,
};

function tls(settings: Partial<TlsSettings> = {}, ...notes: readonly string[]): Saying {
  return { ...NOTHING, tls: { ...SERVER, ...settings }, notes };
}

const VERIFIED = { clientAuthType: 'RequireAndVerifyClientCert', clientAuthorities: 'authority.pem' } as const;

function clients(clientAuthType: ClientAuthType, settings: Partial<TlsSettings> = {}): Saying {
  return tls({ clientAuthType, ...settings });
}

function users(hashes: Readonly<Record<string, string>>, ...notes: readonly string[]): Saying {
  return { ...NOTHING, users: hashes, notes: [...notes, NOT_ENCRYPTED] };
}

function headers(given: Readonly<Record<string, string>>): Saying {
  return { ...NOTHING, headers: given };
}

function limit(intervalMs: number, burst = 1, ...notes: readonly string[]): Saying {
  return { ...NOTHING, rateLimit: { intervalMs, burst }, notes };
}

function nanoseconds(count: number): Saying {
  return limit(count / 1e6, 1, 'web.yml:2: rate_limit.interval: a number without a unit is nanoseconds');
}

function http2(line: number): Saying {
  const note = `web.yml:${line}: http_server_config.http2: HTTP/2 is not served; clients get HTTP/1.1`;
  return { ...NOTHING, notes: [note, ...NOTHING_AT_ALL.notes] };
}

export const SAYINGS: Readonly<Record<string, Saying>> = {
  'an empty file': NOTHING_AT_ALL,
  'comments alone': NOTHING_AT_ALL,
  null: NOTHING_AT_ALL,
  'groups without a value': NOTHING_AT_ALL,
  'keys without a value': NOTHING_AT_ALL,
  "carriage returns and a byte order mark, as Windows' editors have them": limit(1_000, 3),
  JSON: { ...limit(2_000, 2), tls: SERVER },
  'an anchor and an alias': users({ alice: HASH, bob: HASH }),
  'a merged mapping': limit(1_000, 5),
  'users of whom some are merged': users({ alice: HASH, bob: HASH }),
  'merged users beside none': users({ alice: HASH }),
  'merged mappings, of which the first counts': limit(1_000, 5),

  'a certificate and its key': tls(),
  'a certificate and its key inline': tls(),
  'a certificate in a file and the key inline': tls(),
  'a certificate both inline and in a file, of which the file counts': tls(
    {},
    'web.yml:4: tls_server_config.cert: without effect: cert_file is given',
    'web.yml:5: tls_server_config.key: without effect: key_file is given',
  ),
  'an empty certificate file beside one inline': tls(),
  'a path with detours': tls(),
  'no certificate and no key, in as many words': NOTHING_AT_ALL,
  'a certificate that has expired': tls(
    { certificates: 'expired.pem', key: 'client.key' },
    'web.yml:2: tls_server_config.cert_file: the certificate has expired on DATE',
  ),

  'clients that are verified': tls(VERIFIED),
  'clients that are verified by authorities inline': clients('VerifyClientCertIfGiven', {
    clientAuthorities: 'authority.pem',
  }),
  'authorities both inline and in a file, of which the file counts': tls(
    VERIFIED,
    'web.yml:6: tls_server_config.client_ca: without effect: client_ca_file is given',
  ),
  'client_auth_type NoClientCert': clients('NoClientCert'),
  'client_auth_type RequestClientCert': clients('RequestClientCert'),
  'client_auth_type RequireAnyClientCert': clients('RequireAnyClientCert'),
  'client_auth_type RequireClientCert': clients('RequireAnyClientCert'),
  'client_auth_type ""': clients('NoClientCert'),
  'verified clients without authorities of their own': tls(
    { clientAuthType: 'RequireAndVerifyClientCert' },
    'web.yml:4: tls_server_config.client_auth_type: without client_ca_file every authority is trusted that Node.js knows',
  ),
  'names that clients need': tls({
    ...VERIFIED,
    clientAllowedNames: ['scraper.test', '192.0.2.7', 'spiffe://example.test/scraper'],
  }),
  'no name that is allowed': tls(
    { ...VERIFIED, clientAllowedNames: [] },
    'web.yml:6: tls_server_config.client_allowed_sans: an empty list allows no certificate of a client',
  ),
  'names that clients need, where none is asked for a certificate': tls(
    { clientAllowedNames: ['scraper.test'] },
    'web.yml:4: tls_server_config.client_allowed_sans: without effect: client_auth_type asks no client for a certificate',
  ),
  'names that clients need, by whomever their certificates are signed': tls(
    { clientAuthType: 'RequireAnyClientCert', clientAllowedNames: ['scraper.test'] },
    'web.yml:5: tls_server_config.client_allowed_sans: keeps nobody out: with RequireAnyClientCert anybody can sign a certificate with such a name',
  ),

  'the newest version only': tls({ minimumVersion: 'TLSv1.3' }),
  'old versions': tls(
    { minimumVersion: 'TLSv1', maximumVersion: 'TLSv1.1' },
    'web.yml:4: tls_server_config.min_version: TLS10 is broken; TLS12 is what clients of the last ten years have',
  ),
  'cipher suites': tls({
    cipherSuites: ['ECDHE-ECDSA-AES128-GCM-SHA256', 'ECDHE-RSA-CHACHA20-POLY1305', 'ECDHE-ECDSA-AES256-SHA'],
  }),
  'cipher suites without the one that HTTP/2 asks for': tls({
    maximumVersion: 'TLSv1.2',
    cipherSuites: ['ECDHE-ECDSA-AES256-GCM-SHA384'],
  }),
  'cipher suites of TLS 1.3 among others': tls({ cipherSuites: ['ECDHE-ECDSA-AES256-GCM-SHA384'] }),
  'cipher suites of TLS 1.3 alone': tls({ minimumVersion: 'TLSv1.3' }),
  'no cipher suites': tls(),
  'cipher suites that older versions of Go allowed': tls({
    cipherSuites: ['AES128-SHA', 'ECDHE-ECDSA-AES128-GCM-SHA256'],
  }),
  curves: tls({ curves: ['X25519', 'P-256', 'P-384', 'P-521'] }),
  "the client's preference": tls({ preferServerCipherSuites: false }),

  'HTTP/2': http2(2),
  'the boolean yes': http2(1),
  'the boolean On': http2(1),
  'the boolean y': http2(1),
  'the boolean FALSE': NOTHING_AT_ALL,
  'the boolean off': NOTHING_AT_ALL,
  'the boolean N': NOTHING_AT_ALL,
  'all headers': headers({
    'Content-Security-Policy': "default-src 'self'",
    'X-Frame-Options': 'sameorigin',
    'X-Content-Type-Options': 'nosniff',
    'X-XSS-Protection': '1',
    'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
  }),
  'blank headers': NOTHING_AT_ALL,
  'blank headers with a fixed set of values': NOTHING_AT_ALL,

  users: users({ alice: HASH, bob: OTHER_HASH, carol: HASH.replace('$2b', '$2a') }),
  'no users': NOTHING_AT_ALL,
  'users whose names are no texts to YAML': users({
    1: HASH,
    true: HASH,
    null: HASH,
    'a.b': HASH,
    ['__proto__']: HASH,
  }),
  'a user whose name would merge, were it not in quotes': users({ '<<': HASH }),
  'a hash of the highest cost': users(
    { alice: HASH.replace('05', '31') },
    'web.yml:1: basic_auth_users.alice: a bcrypt hash of cost 31: checking a password takes seconds, or longer',
  ),

  'the interval 1s': limit(1_000),
  'the interval 1h2m3.5s': limit(3_723_500),
  'the interval .5m': limit(30_000),
  'the interval 250ms': limit(250),
  'the interval 10us': limit(0.01),
  'the interval 7µs': limit(0.007),
  'the interval "2s"': limit(2_000),
  'the interval +1s': limit(1_000),
  'the interval 1_000': nanoseconds(1_000),
  'the interval 0x10': nanoseconds(16),
  'the interval 1000000000': nanoseconds(1e9),
  'the interval 1.5': nanoseconds(1),
  'the interval 1e3': nanoseconds(1_000),
  'the interval 0: no limit': NOTHING_AT_ALL,
  'the interval 0s: no limit': NOTHING_AT_ALL,
  'the interval "0": no limit': NOTHING_AT_ALL,
  'a burst of nothing': limit(1_000, 0, 'web.yml:1: rate_limit.burst: a burst of 0 refuses every request'),
  'no burst': limit(1_000, 0, 'web.yml:1: rate_limit.interval: a burst of 0 refuses every request'),
  'a burst without an interval': NOTHING_AT_ALL,
  'the burst 0x1F': limit(1_000, 31),
  'the burst 1_000': limit(1_000, 1_000),
  'the burst 010': limit(1_000, 8),
  'the burst 0b11': limit(1_000, 3),
  'the burst 3.7': limit(1_000, 3),
  'the burst +4': limit(1_000, 4),
};
