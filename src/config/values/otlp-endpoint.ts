// Where metrics are pushed to: http and https URLs.

import { ValueError } from '../error.ts';

export interface OtlpEndpoint {
  /** As the URL standard writes it, so that its path is never empty. Without user, password and fragment. */
  readonly url: string;
  /** Over HTTP, the path of metrics is still to be appended. */
  readonly isBase: boolean;
}

const ALLOWED = 'http://HOST:PORT, or https://HOST:PORT for TLS, with or without a path';
/** What URL itself would forgive: a scheme without slashes or with three, backslashes, blanks and line breaks anywhere. */
const STRICT = /^https?:\/\/[^/?#\\\s\p{Cc}][^\\\s\p{Cc}]*$/iu;
const SCHEME = /^https?:\/\//i;
const CREDENTIALS = /^[^/?#]*\/\/[^/?#]*@/;

/** A URL below which every signal has a path of its own: OTEL_EXPORTER_OTLP_ENDPOINT. Throws ValueError. */
export function parseBaseEndpoint(text: string): OtlpEndpoint {
  return Object.freeze({ url: parseUrl(text), isBase: true });
}

/** The URL of metrics, taken as it stands: OTEL_EXPORTER_OTLP_METRICS_ENDPOINT. Throws ValueError. */
export function parseMetricsEndpoint(text: string): OtlpEndpoint {
  return Object.freeze({ url: parseUrl(text), isBase: false });
}

/** Users and passwords stand before an @, keys after a question mark. */
export function mayHoldSecret(text: string): boolean {
  return /[@?]/.test(text);
}

function parseUrl(text: string): string {
  if (CREDENTIALS.test(text)) {
    throw new ValueError(
      'has a user or a password',
      'a URL without them; otlp.headers may have an authorization header',
    );
  }
  if (!SCHEME.test(text)) throw new ValueError('does not begin with http:// or https://', ALLOWED);
  if (text.includes('#')) throw new ValueError('has a fragment', ALLOWED);
  const url = STRICT.test(text) ? URL.parse(text) : null;
  if (url === null) throw new ValueError('is not a URL', ALLOWED);
  return url.href;
}
