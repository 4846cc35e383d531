// Endpoints as text to be pasted: tab-separated, as spreadsheets and chats take it.

import type { Endpoint } from '../views/endpoint.ts';

const COLUMNS = [
  'protocol',
  'family',
  'local address',
  'local port',
  'remote address',
  'remote port',
  'state',
  'pid',
  'process',
  'services',
] as const;

export const CLIPBOARD_HEADER = `${COLUMNS.join('\t')}\n`;

/** One line, with its end. */
export function clipboardLine(endpoint: Endpoint): string {
  const { protocol, family, localAddress, localPort, remoteAddress, remotePort, state, pid, process, services } =
    endpoint;
  const ends = [protocol, family, localAddress, localPort, remoteAddress, remotePort];
  return `${[...ends, state, pid, process, services.join(',')].map(cell).join('\t')}\n`;
}

/** Spreadsheets take what begins like this for a formula, and a process can be called so: an apostrophe makes it text. */
function cell(value: string | number | null): string {
  const text = String(value ?? '');
  return /^[=+\-@]/.test(text) ? `'${text}` : text;
}
