// What the user may choose about the push.

export const OTLP_PROTOCOLS = ['http/protobuf', 'http/json', 'grpc'] as const;
export type OtlpProtocol = (typeof OTLP_PROTOCOLS)[number];

/** How counters and histograms are told; all else is cumulative or has no time at all. */
export type Temporality = 'cumulative' | 'delta';

export interface OtlpSettings {
  readonly protocol: OtlpProtocol;
  /** Where requests go, as a whole: over HTTP with the path, for gRPC scheme, host and port alone. `https` means TLS. */
  readonly url: string;
  /** HTTP headers, or gRPC metadata. */
  readonly headers: Readonly<Record<string, string>>;
  readonly compression: 'none' | 'gzip';
  readonly intervalMs: number;
  /** Deadline of a request, its retries included. At most the interval. */
  readonly timeoutMs: number;
  readonly temporality: Temporality;
  readonly tls: TlsFiles;
  /** The user's own; they replace ours of the same name. */
  readonly resourceAttributes: Readonly<Record<string, string>>;
}

/** PEM files. */
export interface TlsFiles {
  /** Authorities to trust instead of the system's. */
  readonly authorities: string | undefined;
  /** The client's certificate chain, and its key: both or none. */
  readonly certificate: string | undefined;
  readonly key: string | undefined;
}
