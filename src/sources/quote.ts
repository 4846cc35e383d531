// What an error message shows of a value that should not be there: it may come from anywhere, and be of any length.

/** In UTF-16 units: a line of /proc/net/tcp is still recognized. */
const MAX_LENGTH = 120;

/** The beginning of its JSON: one line, whatever is in it. */
export function quote(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? 'nothing');
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
}
