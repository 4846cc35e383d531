// Fixtures: the bytes of socket tables, written field after field as the documentation of each row lists them.

import type { TableBytes } from '../../../src/sources/windows/table-decoder.ts';
import type { Endpoint } from '../../worlds/standin/endpoints.ts';

export const KINDS = ['tcp4', 'tcp6', 'udp4', 'udp6'] as const;
export type Kind = (typeof KINDS)[number];

const ROW_BYTES = { tcp4: 24, tcp6: 56, udp4: 12, udp6: 28 } as const satisfies Record<Kind, number>;
const COUNT_BYTES = 4;

/** A table of these endpoints, that says that it has `rowCount` of them. */
export function tableBytes(kind: Kind, endpoints: readonly Endpoint[], rowCount = endpoints.length): TableBytes {
  const bytes = Buffer.alloc(COUNT_BYTES + endpoints.length * ROW_BYTES[kind]);
  const writer = new Writer(bytes);
  writer.word(rowCount);
  for (const endpoint of endpoints) WRITE_ROW[kind](writer, endpoint);
  return asTable(bytes);
}

/** Any bytes as a table, in a buffer of whole words as the source has it. */
export function asTable(bytes: Uint8Array): TableBytes {
  const words = new Uint32Array(Math.ceil(bytes.length / Uint32Array.BYTES_PER_ELEMENT));
  new Uint8Array(words.buffer).set(bytes);
  return { words, byteLength: bytes.length };
}

const WRITE_ROW: Record<Kind, (writer: Writer, endpoint: Endpoint) => void> = {
  tcp4(writer, { state = 0, localAddress, localPort, remoteAddress, remotePort, pid = 0 }) {
    writer.word(state);
    writer.address(localAddress, 4);
    writer.port(localPort);
    writer.address(remoteAddress, 4);
    writer.port(remotePort);
    writer.word(pid);
  },
  tcp6(writer, endpoint) {
    writer.address(endpoint.localAddress, 16);
    writer.word(endpoint.localScope ?? 0);
    writer.port(endpoint.localPort);
    writer.address(endpoint.remoteAddress, 16);
    writer.word(endpoint.remoteScope ?? 0);
    writer.port(endpoint.remotePort);
    writer.word(endpoint.state ?? 0);
    writer.word(endpoint.pid ?? 0);
  },
  udp4(writer, { localAddress, localPort, pid = 0 }) {
    writer.address(localAddress, 4);
    writer.port(localPort);
    writer.word(pid);
  },
  udp6(writer, { localAddress, localScope = 0, localPort, pid = 0 }) {
    writer.address(localAddress, 16);
    writer.word(localScope);
    writer.port(localPort);
    writer.word(pid);
  },
};

class Writer {
  readonly #bytes: Buffer;
  #offset = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  word(value: number): void {
    this.#offset = this.#bytes.writeUInt32LE(value, this.#offset);
  }

  /** Two bytes in network order, and the garbage that may follow them. */
  port(value = 0): void {
    this.#bytes.writeUInt16BE(value & 0xffff, this.#offset);
    this.#bytes.writeUInt16LE(value >>> 16, this.#offset + 2);
    this.#offset += 4;
  }

  address(address: readonly number[] = [], length: number): void {
    this.#bytes.set(address, this.#offset);
    this.#offset += length;
  }
}
