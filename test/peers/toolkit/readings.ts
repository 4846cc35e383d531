// What the toolkit and we read in the same configuration, in the same words.

import type { WebConfig } from '../../../src/config/web/web-config.ts';
import type { ToolkitConfig } from './toolkit.ts';

/** What is wrong; or what is read, where nothing is. */
export type Judgement = string | Reading;

export interface Reading {
  readonly tls: TlsReading | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly users: Readonly<Record<string, string>>;
  readonly rateLimit: { readonly intervalMs: number; readonly burst: number } | undefined;
}

interface TlsReading {
  readonly clientAuthType: string;
  readonly clientAllowedNames: readonly string[] | undefined;
  readonly versions: readonly [least: string, most: string];
  readonly curves: readonly (string | undefined)[] | undefined;
  readonly preferServerCipherSuites: boolean;
}

const NANOSECONDS_OF_MS = 1e6;
/** The numbers that TLS has for them (IANA, TLS Parameters), and OpenSSL's names. */
const VERSIONS: Readonly<Record<number, string>> = { 769: 'TLSv1', 770: 'TLSv1.1', 771: 'TLSv1.2', 772: 'TLSv1.3' };
/** What the number 0 stands for: in the toolkit it is what a null leaves behind (crypto/tls, Config.MinVersion and MaxVersion). */
const [GO_LEAST, GO_MOST] = ['TLSv1.2', 'TLSv1.3'];
const CURVES: Readonly<Record<number, string>> = { 23: 'P-256', 24: 'P-384', 25: 'P-521', 29: 'X25519' };
/** The first byte of their numbers (RFC 8446, B.4). */
const TLS13_SUITES = 0x13;
/** Those that have two names. */
const CLIENT_AUTH_TYPES: Readonly<Record<string, string>> = {
  '': 'NoClientCert',
  RequireClientCert: 'RequireAnyClientCert',
};

export function readingOfToolkit({ TLSConfig, HTTPConfig, RateLimiterConfig, Users }: ToolkitConfig): Reading {
  const { Burst: burst, Interval: interval } = RateLimiterConfig;
  const headers = Object.entries(HTTPConfig.Header ?? {}).filter(([, value]) => value !== '');
  return {
    tls: TLSConfig.TLSCertPath === '' ? undefined : tlsOfToolkit(TLSConfig),
    headers: Object.fromEntries(headers),
    users: Users ?? {},
    rateLimit: interval === 0 ? undefined : { intervalMs: interval / NANOSECONDS_OF_MS, burst },
  };
}

function tlsOfToolkit(tls: ToolkitConfig['TLSConfig']): TlsReading {
  const suites = tls.CipherSuites ?? [];
  const isNothingLeft = suites.length > 0 && suites.every((number) => number >> 8 === TLS13_SUITES);
  const least = VERSIONS[tls.MinVersion] ?? GO_LEAST;
  const curves = (tls.CurvePreferences ?? []).map((number) => CURVES[number]);
  return {
    clientAuthType: CLIENT_AUTH_TYPES[tls.ClientAuth] ?? tls.ClientAuth,
    clientAllowedNames: tls.ClientAllowedSans ?? undefined,
    // A list with suites of TLS 1.3 alone leaves none to the versions before.
    versions: [isNothingLeft ? GO_MOST : least, VERSIONS[tls.MaxVersion] ?? GO_MOST],
    curves: curves.length === 0 ? undefined : curves,
    preferServerCipherSuites: tls.PreferServerCipherSuites,
  };
}

export function readingOfOurs({ tls, headers, users, rateLimit }: WebConfig): Reading {
  return {
    tls: tls && {
      clientAuthType: tls.clientAuthType,
      clientAllowedNames: tls.clientAllowedNames,
      versions: [tls.minimumVersion, tls.maximumVersion],
      curves: tls.curves,
      preferServerCipherSuites: tls.preferServerCipherSuites,
    },
    headers,
    users: Object.fromEntries(users),
    rateLimit,
  };
}
