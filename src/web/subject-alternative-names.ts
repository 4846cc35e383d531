// The names of a certificate, as text that can be compared.

import type { X509Certificate } from 'node:crypto';
import { isIPv4, isIPv6, SocketAddress } from 'node:net';

/**
 * Node's text of the names: `DNS:a.test, IP Address:192.0.2.7`. A value with a comma, a quote or anything that could
 * be taken for the next name is a JSON string (node:crypto, X509Certificate.subjectAltName).
 */
const NAME = /(?<kind>[^:,"]+):(?<value>"(?:[^"\\]|\\.)*"|[^,"]*)(?:, |$)/gy;

/** DNS names, e-mail addresses, URIs, and IP addresses in their shortest form; other kinds are left out. */
export function subjectAlternativeNames({ subjectAltName = '' }: X509Certificate): readonly string[] {
  return Array.from(subjectAltName.matchAll(NAME), ({ groups }) =>
    nameOf(groups?.['kind'] ?? '', groups?.['value'] ?? ''),
  ).filter((name) => name !== undefined);
}

function nameOf(kind: string, written: string): string | undefined {
  const value = written.startsWith('"') ? String(JSON.parse(written)) : written;
  if (kind === 'DNS' || kind === 'email' || kind === 'URI') return value;
  return kind === 'IP Address' ? shortestAddress(value) : undefined;
}

/** OpenSSL writes all eight groups of an IPv6 address in capitals; people, and Go, do not, and have one that stands for IPv4 as such. */
function shortestAddress(text: string): string | undefined {
  if (isIPv4(text)) return text;
  if (!isIPv6(text)) return undefined;
  return new SocketAddress({ address: text, family: 'ipv6' }).address.replace(/^::ffff:(?=[\d.]+$)/, '');
}
