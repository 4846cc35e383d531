// What became of an export.

/** `reason` and the texts of the collector are one line without control characters. */
export type Outcome =
  /** `warning`: what the collector had to say all the same, or why its answer could not be read. */
  | { readonly result: 'success'; readonly warning?: string }
  | { readonly result: 'partial_success'; readonly rejectedPoints: number; readonly message: string }
  /** `retryAfterMs`: how long the collector wants to be left alone. */
  | { readonly result: 'failure'; readonly reason: string; readonly retryAfterMs?: number };

/** How much of a text from elsewhere is shown, in UTF-16 units. */
export const MAXIMUM_SHOWN_LENGTH = 200;

/** Controls and the marks that turn the direction of writing, which could disguise a line. */
const UNFIT = /[\p{Cc}\p{Bidi_Control}\ufeff]/gu;

/** The beginning of a text from elsewhere, on one line. */
export function oneLine(text: string): string {
  const start = text.slice(0, MAXIMUM_SHOWN_LENGTH).replace(/\s+/g, ' ').trim();
  return start.replace(UNFIT, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** A status, and what was said with it, if anything. */
export function reasonOf(status: string, text: string): string {
  const said = oneLine(text);
  return said === '' ? oneLine(status) : `${oneLine(status)}: ${said}`;
}

/**
 * What an ExportMetricsServiceResponse says, as the SDK's serializers decode it: from JSON it can be anything, and its
 * int64 is a string there. An empty partial success is a full one, and a message without rejected points only a warning.
 * ("Partial Success" in the OTLP specification)
 */
export function outcomeOfResponse(response: unknown): Outcome {
  const { partialSuccess } = fieldsOf(response);
  const { rejectedDataPoints, errorMessage } = fieldsOf(partialSuccess);
  // An object can have a toString that is none, and no number comes of it.
  const rejectedPoints = typeof rejectedDataPoints === 'object' ? 0 : Number(rejectedDataPoints ?? 0);
  const message = typeof errorMessage === 'string' ? oneLine(errorMessage) : '';
  if (Number.isFinite(rejectedPoints) && rejectedPoints > 0) {
    return { result: 'partial_success', rejectedPoints, message };
  }
  return message === '' ? { result: 'success' } : { result: 'success', warning: message };
}

function fieldsOf(value: unknown): { readonly [Field in string]?: unknown } {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** A line of OpenSSL's error queue, as EPROTO has it: all but the reason is about OpenSSL's own sources. */
const OPENSSL_ERROR = /:error:[0-9A-F]{8}:[^:]*:[^:]*:([^:]+):/;

/**
 * The text of an error of a connection. Where several addresses of one name were tried (RFC 8305), Node gives an
 * AggregateError that has no text of its own.
 */
export function describeError(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors.map(describeError).join(', ');
  if (!(error instanceof Error)) return oneLine(String(error));
  const [, tlsReason] = OPENSSL_ERROR.exec(error.message) ?? [];
  if (tlsReason !== undefined) return oneLine(`TLS: ${tlsReason}`);
  return oneLine(error.message === '' ? error.name : error.message);
}
