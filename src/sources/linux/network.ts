// Which network of which host is read: the directory of its procfs files, and whether sock_diag tells of the same.

import { existsSync, readlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { SocketDump } from './sock-diag.ts';

export interface Network {
  /** Where `tcp`, `udp6`, `snmp` and so on are. */
  readonly directory: string;
  /** sock_diag, or why it cannot be used on this network. */
  readonly sockets: { readonly dump: SocketDump } | { readonly withoutDump: string };
}

/**
 * With `/proc` it is this process's own network. A root elsewhere is another host's or namespace's /proc, seen from a
 * container: there the network is that of its process 1, and sock_diag, which always tells of one's own, is used only
 * if that is the same.
 */
export function chooseNetwork(procfsRoot: string, dump: SocketDump): Network {
  if (resolve(procfsRoot) === '/proc') return { directory: '/proc/net', sockets: { dump } };
  const directory = [join(procfsRoot, '1/net'), join(procfsRoot, 'net')].find((path) => existsSync(path));
  const theirs = networkNamespace(join(procfsRoot, '1/ns/net'));
  const ours = networkNamespace('/proc/self/ns/net');
  return {
    directory: directory ?? join(procfsRoot, 'net'),
    sockets: theirs !== undefined && theirs === ours ? { dump } : { withoutDump: reason(procfsRoot, theirs) },
  };
}

function reason(procfsRoot: string, theirs: string | undefined): string {
  return theirs === undefined
    ? `the network namespace of ${procfsRoot} cannot be read`
    : `${procfsRoot} is of another network namespace`;
}

function networkNamespace(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}
