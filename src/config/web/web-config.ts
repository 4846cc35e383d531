// What the web configuration file says, in the terms of who serves: TLS, users, headers, a limit on the rate of requests.

import type { FilePrints } from './file-prints.ts';
import type { CLIENT_AUTH_TYPES } from './protocol.ts';

export type ClientAuthType = (typeof CLIENT_AUTH_TYPES)[number];
export type TlsVersion = 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3';

/** What a handshake is allowed to agree on. */
export interface ProtocolSettings {
  readonly clientAuthType: ClientAuthType;
  /** Where a certificate is asked for, one with one of these subject alternative names is needed; undefined asks for none. */
  readonly clientAllowedNames: readonly string[] | undefined;
  readonly minimumVersion: TlsVersion;
  readonly maximumVersion: TlsVersion;
  /** For TLS up to 1.2, by OpenSSL's names, in order of preference; undefined: not chosen here. */
  readonly cipherSuites: readonly string[] | undefined;
  readonly preferServerCipherSuites: boolean;
  /** By OpenSSL's names, in order of preference; undefined: not chosen here. */
  readonly curves: readonly string[] | undefined;
}

export interface TlsSettings extends ProtocolSettings {
  /** PEM: the server's certificate, then those between it and its authority. Each can be read. */
  readonly certificates: string;
  /** PEM, without a passphrase; it belongs to the first certificate. */
  readonly key: string;
  /** PEM, at least one certificate: who may sign clients' certificates. Undefined: the authorities that Node.js knows. */
  readonly clientAuthorities: string | undefined;
}

/** A token bucket: one request each interval, and so many at once after a pause. */
export interface RateLimit {
  /** More than 0; a nanosecond is 1e-6. */
  readonly intervalMs: number;
  /** A whole number; 0 refuses every request. */
  readonly burst: number;
}

/** Frozen. */
export interface WebConfig {
  /** Undefined: plain HTTP. */
  readonly tls: TlsSettings | undefined;
  /** By the names that HTTP has for them; none is empty. */
  readonly headers: Readonly<Record<string, string>>;
  /** bcrypt hashes by user name, each fit for bcryptjs; empty: nobody is asked who they are. */
  readonly users: ReadonlyMap<string, string>;
  /** Undefined: no limit. */
  readonly rateLimit: RateLimit | undefined;
  /** What is allowed but hardly meant, one line each for the log: `FILE:LINE: key: …`. */
  readonly notes: readonly string[];
  /** All that was read, to see when it changes. */
  readonly files: FilePrints;
}
