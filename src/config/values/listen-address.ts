// Addresses to listen on, as Prometheus exporters take them: `:9100`, `127.0.0.1:9100`, `[::1]:9100`, `host:9100`.

import { BlockList, isIPv4, isIPv6 } from 'node:net';
import { ValueError } from '../error.ts';
import { MAXIMUM_PORT } from './ports.ts';

export interface ListenAddress {
  /** A name, or an address without brackets. Absent: all addresses of the host, of both families. */
  readonly host?: string;
  /** 0 lets the OS choose a port. */
  readonly port: number;
}

const ALLOWED = 'a port after a colon, with or without a host: :9100, 127.0.0.1:9100, [::1]:9100, localhost:9100';
const PATTERN = /^(?:\[(?<ipv6>[^[\]]+)\]|(?<name>[^:[\]]*)):(?<port>\d{1,5})$/;
const MAXIMUM_NAME_LENGTH = 253;
/** RFC 1123, with the underscore that Windows allows in a computer's name. The last label is not all digits: that is a mistyped address. */
const HOST_NAME = /^(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)*(?!\d+\.?$)[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.?$/i;

/** Throws ValueError. */
export function parseListenAddress(text: string): ListenAddress {
  const { ipv6, name = '', port: portText } = PATTERN.exec(text)?.groups ?? {};
  const port = Number(portText);
  if (portText === undefined || port > MAXIMUM_PORT) throw new ValueError('is not a listen address', ALLOWED);
  if (ipv6 === undefined && name === '') return Object.freeze({ port });
  if (ipv6 === undefined ? !isHost(name) : !isIPv6(ipv6)) throw new ValueError('has no valid host', ALLOWED);
  return Object.freeze({ host: ipv6 ?? name, port });
}

/** A name or an address, as it stands in a URL but without brackets and port. Throws ValueError. */
export function parseHostName(text: string): string {
  if (!isIPv6(text) && !isHost(text))
    throw new ValueError('is no host', 'a name or an address without a port: server01.example.net, 192.0.2.10');
  return text.toLowerCase();
}

/** Whether only this host itself can reach it. Names but `localhost` could be anybody's. */
export function isLoopback({ host }: ListenAddress): boolean {
  if (host === undefined) return false;
  return host.toLowerCase() === 'localhost' || isLoopbackAddress(host);
}

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

function isLoopbackAddress(host: string): boolean {
  return isIPv4(host) ? LOOPBACK.check(host, 'ipv4') : isIPv6(host) && LOOPBACK.check(host, 'ipv6');
}

/** The text that parses to the same address. */
export function formatListenAddress({ host = '', port }: ListenAddress): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

function isHost(text: string): boolean {
  return isIPv4(text) || (text.length <= MAXIMUM_NAME_LENGTH && HOST_NAME.test(text));
}
