// What the operator asks for to close the server: TLS, users, headers, a limit on the rate of requests.

/** What is asked of a client's certificate, as Go names it, and so the exporter-toolkit's file. */
export type ClientAuthType =
  | 'NoClientCert'
  | 'RequestClientCert'
  | 'RequireAnyClientCert'
  | 'VerifyClientCertIfGiven'
  | 'RequireAndVerifyClientCert';

export type TlsVersion = 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3';

export interface TlsSettings {
  /** PEM: the server's certificate, then those between it and its authority. */
  readonly certificates: string;
  /** PEM, without a passphrase. */
  readonly key: string;
  readonly clientAuthType: ClientAuthType;
  /** PEM: who may sign clients' certificates. Undefined: the authorities that Node.js knows. */
  readonly clientAuthorities: string | undefined;
  /** Where a certificate is asked for, one with one of these subject alternative names is needed; undefined asks for none. */
  readonly clientAllowedNames: readonly string[] | undefined;
  readonly minimumVersion: TlsVersion;
  readonly maximumVersion: TlsVersion;
  /** For TLS up to 1.2, by OpenSSL's names, in order of preference; undefined: those that Go allows. Those of TLS 1.3 are always allowed. */
  readonly cipherSuites: readonly string[] | undefined;
  readonly preferServerCipherSuites: boolean;
  /** By OpenSSL's names, in order of preference; undefined: Node's own choice. */
  readonly curves: readonly string[] | undefined;
}

/** A token bucket: one request each interval, and so many at once after a pause. */
export interface RateLimit {
  readonly intervalMs: number;
  readonly burst: number;
}

export interface WebSecurity {
  /** Undefined: plain HTTP. */
  readonly tls: TlsSettings | undefined;
  /** Set on every answer, in place of our own of the same name. */
  readonly headers: Readonly<Record<string, string>>;
  /** bcrypt hashes by user name; empty: nobody is asked who they are. */
  readonly users: ReadonlyMap<string, string>;
  /** Undefined: no limit. */
  readonly rateLimit: RateLimit | undefined;
}

/** What holds where the operator says nothing. */
export const OPEN: WebSecurity = { tls: undefined, headers: {}, users: new Map(), rateLimit: undefined };
