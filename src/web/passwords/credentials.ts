// Reads the user and the password of a request: the header Authorization, scheme Basic (RFC 7617).

export interface Credentials {
  readonly user: string;
  readonly password: string;
}

/** In characters. bcrypt looks at 72 bytes of a password; nobody waits for a digest of much more. */
const MAXIMUM_HEADER_LENGTH = 4096;
/** The padding is asked for, as RFC 7617 takes base64 from RFC 4648. */
const BASIC = /^Basic +([a-z\d+/]+={0,2})$/i;

/** Undefined where the header is absent, malformed, too long, of another scheme, or not UTF-8. */
export function parseCredentials(authorization: string | undefined): Credentials | undefined {
  if (authorization === undefined || authorization.length > MAXIMUM_HEADER_LENGTH) return undefined;
  const base64 = BASIC.exec(authorization)?.[1];
  if (base64 === undefined || base64.length % 4 !== 0) return undefined;
  const text = decodeUtf8(Buffer.from(base64, 'base64'));
  const colon = text?.indexOf(':') ?? -1;
  if (text === undefined || colon === -1) return undefined;
  return { user: text.slice(0, colon), password: text.slice(colon + 1) };
}

/** Bytes that are no UTF-8 must not all become the same replacement character: different passwords would be one. */
function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
