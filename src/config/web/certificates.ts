// Certificates and keys in PEM: read, checked, and made into what OpenSSL takes.

import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { ConfigError, reasonOf } from '../error.ts';
import { pemBlocks } from './pem.ts';

export interface PemText {
  readonly text: string;
  /** `FILE:LINE: key` */
  readonly where: string;
  /** What the text is, for errors: a file's name in quotes, or `the text`. */
  readonly subject: string;
}

export interface CheckedCertificates {
  readonly pem: string;
  readonly first: X509Certificate;
}

const CERTIFICATES =
  'a PEM certificate; `openssl x509 -inform DER` makes one of DER, `openssl pkcs12 -nokeys` of PKCS#12';
const KEYS =
  'a PEM private key without a passphrase; `openssl pkey` makes one of DER (-inform DER) and of an encrypted one, `openssl pkcs12 -nocerts -nodes` of PKCS#12';

/** Of fewer OpenSSL serves none, at its usual level of security. */
const MINIMUM_RSA_BITS = 2048;

/** All certificates of the text, at least one; each can be read. Throws ConfigError. */
export function readCertificates({ text, where, subject }: PemText): CheckedCertificates {
  const blocks = pemBlocks(text).filter(({ label }) => label === 'CERTIFICATE');
  const certificates = blocks.map((block, index) => {
    try {
      return new X509Certificate(block.text);
    } catch (error) {
      const reason = reasonOf(error);
      throw new ConfigError(
        `${where}: certificate ${index + 1} of ${subject} cannot be read (${reason}); allowed: ${CERTIFICATES}`,
      );
    }
  });
  const [first] = certificates;
  if (first === undefined) throw new ConfigError(`${where}: ${subject} has no certificate; allowed: ${CERTIFICATES}`);
  return { pem: blocks.map((block) => block.text).join(''), first };
}

/** The first private key of the text, which belongs to the certificate. Throws ConfigError, which shows nothing of it. */
export function readPrivateKey({ text, where, subject }: PemText, certificate: X509Certificate): string {
  const block = pemBlocks(text).find(({ label }) => label === 'PRIVATE KEY' || label.endsWith(' PRIVATE KEY'));
  if (block === undefined) throw new ConfigError(`${where}: ${subject} has no private key; allowed: ${KEYS}`);
  // PKCS#8 says it in the label, the older format in a header.
  if (block.label === 'ENCRYPTED PRIVATE KEY' || block.text.includes('Proc-Type: 4,ENCRYPTED')) {
    throw new ConfigError(`${where}: ${subject} is encrypted; allowed: ${KEYS}`);
  }
  let key: KeyObject;
  try {
    key = createPrivateKey(block.text);
  } catch (error) {
    throw new ConfigError(`${where}: the key of ${subject} cannot be read (${reasonOf(error)}); allowed: ${KEYS}`);
  }
  const bits = key.asymmetricKeyType === 'rsa' ? key.asymmetricKeyDetails?.modulusLength : undefined;
  if (bits !== undefined && bits < MINIMUM_RSA_BITS) {
    throw new ConfigError(`${where}: the RSA key has ${bits} bits; allowed: at least ${MINIMUM_RSA_BITS}`);
  }
  if (!certificate.checkPrivateKey(key)) {
    throw new ConfigError(
      `${where}: the key does not belong to the certificate; allowed: the one that it was made with`,
    );
  }
  return block.text;
}

/** What is to be said of the times in a certificate. */
export function problemOfTimes({ validFrom, validTo }: X509Certificate, now: Date): string | undefined {
  if (new Date(validTo) < now) return `the certificate has expired on ${validTo}`;
  if (new Date(validFrom) > now) return `the certificate is not valid before ${validFrom}`;
  return undefined;
}
