// Whether an endpoint's other end is among the networks and ports that are asked for.

import { ADDRESS_WORDS, type AddressFamily, type TcpTable } from '../../model/sockets.ts';
import { hasRemoteEnd } from '../ends.ts';
import type { RemoteFilter } from '../filter.ts';

const BITS_PER_BYTE = 8;

/** A RemoteFilter for the rows of one family. Words are in network order in memory, as in the tables. */
interface Mask {
  readonly words: Uint32Array;
  readonly mask: Uint32Array;
  /** 0: any. */
  readonly scope: number;
  /** 0: any. No connection that one could ask for goes there. */
  readonly port: number;
}

/** A test for the rows of the table: those without another end never fit. */
export function remoteTest(table: TcpTable, remotes: readonly RemoteFilter[]): (row: number) => boolean {
  const masks = remotes.map((remote) => maskOf(remote, table.family)).filter((mask) => mask !== undefined);
  return (row) => hasRemoteEnd(table, row) && masks.some((mask) => fits(table, row, mask));
}

/** Undefined where the network is of the other family. */
function maskOf({ network, port = 0 }: RemoteFilter, family: AddressFamily): Mask | undefined {
  if (network === undefined) return { words: new Uint32Array(), mask: new Uint32Array(), scope: 0, port };
  if (network.family !== family) return undefined;
  const size = ADDRESS_WORDS[family] * Uint32Array.BYTES_PER_ELEMENT;
  const mask = Uint8Array.from({ length: size }, (_, index) => maskByte(network.prefixBits - index * BITS_PER_BYTE));
  const { bytes, scope } = network;
  return { words: new Uint32Array(Uint8Array.from(bytes).buffer), mask: new Uint32Array(mask.buffer), scope, port };
}

/** The first `bits` bits of a byte; none where it is negative, all from 8 on. */
function maskByte(bits: number): number {
  return (0xff << (BITS_PER_BYTE - Math.min(Math.max(bits, 0), BITS_PER_BYTE))) & 0xff;
}

function fits({ remoteAddress, remoteScope, remotePort, family }: TcpTable, row: number, asked: Mask): boolean {
  const { words, mask, scope, port } = asked;
  if (port !== 0 && remotePort[row] !== port) return false;
  if (scope !== 0 && remoteScope[row] !== scope) return false;
  const first = row * ADDRESS_WORDS[family];
  for (let word = 0; word < words.length; word++) {
    const difference = (remoteAddress[first + word] as number) ^ (words[word] as number);
    if ((difference & (mask[word] as number)) !== 0) return false;
  }
  return true;
}
