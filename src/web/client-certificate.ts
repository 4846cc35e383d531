// Whether a client may come in with the certificate that it has, or without one.

import type { X509Certificate } from 'node:crypto';
import type { TlsSettings } from './security.ts';
import { subjectAlternativeNames } from './subject-alternative-names.ts';

export interface ClientIdentity {
  /** Undefined: the client gave none. */
  readonly certificate: X509Certificate | undefined;
  /** Why the certificate is not to be trusted; undefined where it is. */
  readonly distrust: string | undefined;
}

/** A certificate can have thousands. */
const SHOWN_NAMES = 5;

type Policy = Pick<TlsSettings, 'clientAuthType' | 'clientAllowedNames'>;

/** Why the client is refused, in one line; undefined where it is let in. As Go's crypto/tls has ClientAuthType. */
export function refusalOf(
  { certificate, distrust }: ClientIdentity,
  { clientAuthType, clientAllowedNames }: Policy,
): string | undefined {
  if (clientAuthType === 'NoClientCert') return undefined;
  const isVerified = clientAuthType === 'VerifyClientCertIfGiven' || clientAuthType === 'RequireAndVerifyClientCert';
  const isRequired = clientAuthType === 'RequireAnyClientCert' || clientAuthType === 'RequireAndVerifyClientCert';
  if (certificate === undefined) {
    // Who has no names has none that is allowed, also where a certificate is not required.
    return isRequired || clientAllowedNames !== undefined ? 'the client gave no certificate' : undefined;
  }
  if (isVerified && distrust !== undefined) return untrusted(distrust);
  if (clientAllowedNames === undefined) return undefined;
  const names = subjectAlternativeNames(certificate);
  return names.some((name) => clientAllowedNames.includes(name))
    ? undefined
    : `none of the names of the client's certificate is in client_allowed_sans: ${names.slice(0, SHOWN_NAMES).join(', ')}`;
}

/** `distrust`: OpenSSL's name for what is wrong, such as CERT_HAS_EXPIRED. */
export function untrusted(distrust: string): string {
  return `the client's certificate is not trusted (${distrust})`;
}
