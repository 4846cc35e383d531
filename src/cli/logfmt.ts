// Lines of the log as logfmt.

/** Objects nested deeper than this are written as JSON. */
const MAXIMUM_LOGFMT_DEPTH = 4;

/** One line of pino's JSON as logfmt: time, level and message first, then the keys in their order. */
export function formatLogfmt(json: string): string {
  const { time, level, msg, ...fields } = JSON.parse(json) as Record<string, unknown>;
  const message = msg === undefined ? {} : { msg };
  return logfmtPairs({ time, level, ...message, ...fields }, '', 1).join(' ');
}

/** Nested objects become keys with dots: `err.code=EACCES`. */
function logfmtPairs(fields: object, prefix: string, depth: number): string[] {
  return Object.entries(fields).flatMap(([key, value]: [string, unknown]) => {
    const name = prefix + logfmtKey(key);
    const nested = typeof value === 'object' && value !== null && !Array.isArray(value);
    if (nested && depth < MAXIMUM_LOGFMT_DEPTH) return logfmtPairs(value, `${name}.`, depth + 1);
    return [`${name}=${logfmtValue(value)}`];
  });
}

function logfmtKey(key: string): string {
  return key === '' ? '_' : key.replace(/[\s="\\\p{C}]/gu, '_');
}

/** Bare where it is one word, otherwise quoted as in JSON; a list is its JSON text. */
function logfmtValue(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return /^[^\s="\\\p{C}]+$/u.test(text) ? text : JSON.stringify(text);
}
