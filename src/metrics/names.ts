// Names of processes and services as label values. They are other people's input.

/** Longest `services` label in bytes; a svchost.exe of an old Windows can host dozens. */
const MAX_SERVICES_BYTES = 256;
/** Longest process name in bytes. Linux limits a base name to 255; an image name on Windows may be longer. */
const MAX_NAME_BYTES = 255;

/** Control characters, and the two separators that end a line for some readers. */
const UNSAFE = /[\p{Cc}\p{Zl}\p{Zp}]/gu;
const REPLACEMENT = '\ufffd';

/** Control characters and lone surrogates are replaced, and what is too long is cut. */
export function cleanName(name: string): string {
  return cut(name.toWellFormed().replace(UNSAFE, REPLACEMENT), MAX_NAME_BYTES);
}

/** Comma-separated; whole names are left out from the end where the label would grow too long. */
export function servicesLabel(services: readonly string[]): string {
  let label = '';
  for (const service of services) {
    const longer = label === '' ? cleanName(service) : `${label},${cleanName(service)}`;
    if (Buffer.byteLength(longer) > MAX_SERVICES_BYTES) break;
    label = longer;
  }
  return label;
}

function cut(text: string, maxBytes: number): string {
  let cutText = text.slice(0, maxBytes);
  while (Buffer.byteLength(cutText) > maxBytes) cutText = cutText.slice(0, -1);
  return cutText.isWellFormed() ? cutText : cutText.slice(0, -1);
}
