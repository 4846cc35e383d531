// X.509 certificates for tests, made by Node.js alone: Windows has no openssl.
import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** Both as PEM. */
export interface Identity {
  readonly certificate: string;
  readonly key: string;
}

export type Authority = Identity & { readonly name: string };

/** Names of ASN.1 types and their tags: X.690, 8.1.2; `context` is that of the structure that it stands in. */
const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  objectId: 0x06,
  utf8String: 0x0c,
  utcTime: 0x17,
  sequence: 0x30,
  set: 0x31,
  context0: 0xa0,
  context3: 0xa3,
  /** Of GeneralName (RFC 5280, 4.2.1.6). */
  ipAddress: 0x87,
} as const;

/** Object identifiers as X.690, 8.19 encodes them. */
const ECDSA_WITH_SHA256 = '2a8648ce3d040302';
const COMMON_NAME = '550403';
const SUBJECT_ALTERNATIVE_NAME = '551d11';
const BASIC_CONSTRAINTS = '551d13';

const TRUE = Buffer.of(0xff);
const VERSION_3 = Buffer.of(2);
const NO_UNUSED_BITS = Buffer.of(0);
const LOOPBACK = Buffer.of(127, 0, 0, 1);
/** Lengths from here on need bytes of their own. */
const LONG_LENGTH = 0x80;

const DAY_MS = 86_400_000;

export function makeAuthority(name: string): Authority {
  const { publicKey, privateKey } = makeKeys();
  const constraints = extension(BASIC_CONSTRAINTS, true, der(TAG.sequence, der(TAG.boolean, TRUE)));
  const content = { subject: name, issuer: name, publicKey, extension: constraints, validDays: 1 };
  return { name, certificate: makeCertificate(content, privateKey), key: pemOf(privateKey) };
}

/** Fit for a server on 127.0.0.1, and for a client. It has been valid for some days, and is for `validDays` more: less than 0 has expired. */
export function makeIdentity(subject: string, authority: Authority, { validDays = 1 } = {}): Identity {
  const { publicKey, privateKey } = makeKeys();
  const names = extension(SUBJECT_ALTERNATIVE_NAME, false, der(TAG.sequence, der(TAG.ipAddress, LOOPBACK)));
  const content = { subject, issuer: authority.name, publicKey, extension: names, validDays };
  return { certificate: makeCertificate(content, createPrivateKey(authority.key)), key: pemOf(privateKey) };
}

interface Content {
  readonly subject: string;
  readonly issuer: string;
  readonly publicKey: KeyObject;
  readonly extension: Buffer;
  readonly validDays: number;
}

/** Certificate and TBSCertificate: RFC 5280, 4.1. */
function makeCertificate({ subject, issuer, publicKey, extension, validDays }: Content, signer: KeyObject): string {
  const algorithm = der(TAG.sequence, objectId(ECDSA_WITH_SHA256));
  const content = der(
    TAG.sequence,
    der(TAG.context0, der(TAG.integer, VERSION_3)),
    // The first byte keeps the number positive.
    der(TAG.integer, Buffer.of(1), randomBytes(8)),
    algorithm,
    distinguishedName(issuer),
    der(TAG.sequence, time(-10), time(validDays)),
    distinguishedName(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(TAG.context3, der(TAG.sequence, extension)),
  );
  const signature = der(TAG.bitString, NO_UNUSED_BITS, sign('sha256', content, signer));
  const base64 = der(TAG.sequence, content, algorithm, signature).toString('base64');
  return `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`;
}

function distinguishedName(commonName: string): Buffer {
  const attribute = der(TAG.sequence, objectId(COMMON_NAME), der(TAG.utf8String, Buffer.from(commonName)));
  return der(TAG.sequence, der(TAG.set, attribute));
}

function extension(id: string, isCritical: boolean, value: Buffer): Buffer {
  const critical = isCritical ? [der(TAG.boolean, TRUE)] : [];
  return der(TAG.sequence, objectId(id), ...critical, der(TAG.octetString, value));
}

/** YYMMDDHHMMSSZ. */
function time(inDays: number): Buffer {
  const digits = new Date(Date.now() + inDays * DAY_MS).toISOString().replace(/\D/g, '');
  return der(TAG.utcTime, Buffer.from(`${digits.slice(2, 14)}Z`));
}

function objectId(hex: string): Buffer {
  return der(TAG.objectId, Buffer.from(hex, 'hex'));
}

/** A tag, the length, and what it is of: X.690, 8.1. */
function der(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  const { length } = content;
  const written = length < LONG_LENGTH ? [length] : [LONG_LENGTH + 2, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.of(tag, ...written), content]);
}

function makeKeys() {
  return generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
}

function pemOf(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}
