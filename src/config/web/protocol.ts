// What a TLS handshake may agree on: versions, cipher suites, curves, what clients show. Go's names in, OpenSSL's out.

import { ConfigError, quote } from '../error.ts';
import { nearestName } from '../suggest.ts';
import { oneOf } from '../values/choice.ts';
import { booleanOf } from './go-values.ts';
import { looksSecret } from './secrecy.ts';
import type { ClientAuthType, ProtocolSettings, TlsVersion } from './web-config.ts';
import {
  filledScalarOf,
  listOf,
  parseScalar,
  scalarOf,
  type WrittenConfig,
  type WrittenList,
  type WrittenScalar,
} from './written.ts';

/** As Go names them (crypto/tls, ClientAuthType). */
export const CLIENT_AUTH_TYPES = [
  'NoClientCert',
  'RequestClientCert',
  'RequireAnyClientCert',
  'VerifyClientCertIfGiven',
  'RequireAndVerifyClientCert',
] as const;

/** Where nobody looks at who has signed a certificate. */
const UNVERIFIED: readonly ClientAuthType[] = ['RequestClientCert', 'RequireAnyClientCert'];

/** The name that older exporter-toolkits had, and that is still allowed. */
const OLD_REQUIRE_ANY = 'RequireClientCert';

/** Oldest first. */
const VERSIONS = ['TLS10', 'TLS11', 'TLS12', 'TLS13'] as const;
const OPENSSL_VERSIONS: { readonly [Version in (typeof VERSIONS)[number]]: TlsVersion } = {
  TLS10: 'TLSv1',
  TLS11: 'TLSv1.1',
  TLS12: 'TLSv1.2',
  TLS13: 'TLSv1.3',
};

/** What tls.CipherSuites() of Go 1.20 to 1.26 knows for TLS up to 1.2, and what OpenSSL calls it. */
const CIPHER_SUITES = new Map([
  ['TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256', 'ECDHE-ECDSA-AES128-GCM-SHA256'],
  ['TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384', 'ECDHE-ECDSA-AES256-GCM-SHA384'],
  ['TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256', 'ECDHE-RSA-AES128-GCM-SHA256'],
  ['TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384', 'ECDHE-RSA-AES256-GCM-SHA384'],
  ['TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256', 'ECDHE-ECDSA-CHACHA20-POLY1305'],
  ['TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256', 'ECDHE-RSA-CHACHA20-POLY1305'],
  ['TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA', 'ECDHE-ECDSA-AES128-SHA'],
  ['TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA', 'ECDHE-ECDSA-AES256-SHA'],
  ['TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA', 'ECDHE-RSA-AES128-SHA'],
  ['TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA', 'ECDHE-RSA-AES256-SHA'],
  // Up to Go 1.21.
  ['TLS_RSA_WITH_AES_128_GCM_SHA256', 'AES128-GCM-SHA256'],
  ['TLS_RSA_WITH_AES_256_GCM_SHA384', 'AES256-GCM-SHA384'],
  ['TLS_RSA_WITH_AES_128_CBC_SHA', 'AES128-SHA'],
  ['TLS_RSA_WITH_AES_256_CBC_SHA', 'AES256-SHA'],
]);
/** Allowed, without an effect: as in Go, those of TLS 1.3 cannot be chosen. */
const TLS13_CIPHER_SUITES = ['TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256'];

const CURVES = { CurveP256: 'P-256', CurveP384: 'P-384', CurveP521: 'P-521', X25519: 'X25519' } as const;
const CURVE_NAMES = Object.keys(CURVES) as readonly (keyof typeof CURVES)[];

/** Throws ConfigError. */
export function readProtocol(written: WrittenConfig, notes: string[]): ProtocolSettings {
  return {
    ...readVersionsAndCiphers(written, notes),
    ...readClientPolicy(written, notes),
    preferServerCipherSuites: readPreference(written),
    curves: readCurves(written),
  };
}

type VersionsAndCiphers = Pick<ProtocolSettings, 'minimumVersion' | 'maximumVersion' | 'cipherSuites'>;

function readVersionsAndCiphers(written: WrittenConfig, notes: string[]): VersionsAndCiphers {
  const minimum = scalarOf(written, 'tls_server_config.min_version');
  const maximum = scalarOf(written, 'tls_server_config.max_version');
  const minimumVersion = minimum === undefined ? 'TLS12' : parseScalar(minimum, oneOf(VERSIONS));
  const maximumVersion = maximum === undefined ? 'TLS13' : parseScalar(maximum, oneOf(VERSIONS));
  if (minimumVersion > maximumVersion) {
    const { where } = minimum ?? maximum ?? { where: 'min_version' };
    throw new ConfigError(
      `${where}: no version is left from ${minimumVersion} to ${maximumVersion}; allowed: min_version up to max_version`,
    );
  }
  if (minimum !== undefined && minimumVersion < 'TLS12') {
    notes.push(`${minimum.where}: ${minimumVersion} is broken; TLS12 is what clients of the last ten years have`);
  }
  const versions = {
    minimumVersion: OPENSSL_VERSIONS[minimumVersion],
    maximumVersion: OPENSSL_VERSIONS[maximumVersion],
  };
  const list = listOf(written, 'tls_server_config.cipher_suites');
  if (list === undefined || list.items.length === 0) return { ...versions, cipherSuites: undefined };
  const cipherSuites = list.items.map(cipherSuiteOf).filter((suite) => suite !== undefined);
  if (cipherSuites.length > 0) return { ...versions, cipherSuites: Object.freeze(cipherSuites) };
  // Nothing is left for TLS 1.2.
  if (maximumVersion !== 'TLS13') {
    throw new ConfigError(
      `${list.where}: all of TLS 1.3, which max_version leaves out; allowed: one for ${maximumVersion} among them`,
    );
  }
  return { ...versions, minimumVersion: 'TLSv1.3', cipherSuites: undefined };
}

/** Undefined: one of TLS 1.3. */
function cipherSuiteOf({ text, where }: WrittenScalar): string | undefined {
  if (TLS13_CIPHER_SUITES.includes(text)) return undefined;
  const suite = CIPHER_SUITES.get(text);
  if (suite !== undefined) return suite;
  const known = [...CIPHER_SUITES.keys(), ...TLS13_CIPHER_SUITES];
  const nearest = nearestName(text, known);
  const advice = nearest === undefined ? `allowed: ${known.join(', ')}` : `did you mean ${nearest}?`;
  throw new ConfigError(
    `${where}: ${looksSecret(text) ? 'the value (not shown)' : quote(text)} is not known here; ${advice}`,
  );
}

function readPreference(written: WrittenConfig): boolean {
  const scalar = scalarOf(written, 'tls_server_config.prefer_server_cipher_suites');
  return scalar === undefined || parseScalar(scalar, () => booleanOf(scalar));
}

function readCurves(written: WrittenConfig): readonly string[] | undefined {
  const list = listOf(written, 'tls_server_config.curve_preferences');
  if (list === undefined || list.items.length === 0) return undefined;
  return Object.freeze(list.items.map((item) => CURVES[parseScalar(item, oneOf(CURVE_NAMES))]));
}

type ClientPolicy = Pick<ProtocolSettings, 'clientAuthType' | 'clientAllowedNames'>;

function readClientPolicy(written: WrittenConfig, notes: string[]): ClientPolicy {
  const scalar = filledScalarOf(written, 'tls_server_config.client_auth_type');
  const clientAuthType = scalar === undefined ? 'NoClientCert' : parseScalar(scalar, parseClientAuthType);
  const list = listOf(written, 'tls_server_config.client_allowed_sans');
  if (list !== undefined) noteNames(list, clientAuthType, notes);
  return { clientAuthType, clientAllowedNames: list && Object.freeze(list.items.map(({ text }) => text)) };
}

const parseKnownType = oneOf(CLIENT_AUTH_TYPES);

function parseClientAuthType(text: string): ClientAuthType {
  return text === OLD_REQUIRE_ANY ? 'RequireAnyClientCert' : parseKnownType(text);
}

function noteNames({ items, where }: WrittenList, clientAuthType: ClientAuthType, notes: string[]): void {
  if (clientAuthType === 'NoClientCert') {
    notes.push(`${where}: without effect: client_auth_type asks no client for a certificate`);
  } else if (items.length === 0) {
    notes.push(`${where}: an empty list allows no certificate of a client`);
  } else if (UNVERIFIED.includes(clientAuthType)) {
    notes.push(`${where}: keeps nobody out: with ${clientAuthType} anybody can sign a certificate with such a name`);
  }
}
