// One gzip member made of two pieces: a big one, compressed once and used often, and a small one of the moment.

import { promisify } from 'node:util';
import { constants, crc32, deflateRaw } from 'node:zlib';

const deflateRawAsync = promisify(deflateRaw);

/** The first piece of a gzip member's content, compressed so that another can follow. */
export interface DeflatedHead {
  /** Raw deflate that ends in a sync flush: at a byte boundary, and not in a final block. */
  readonly deflated: Buffer;
  /** CRC-32 and length in bytes of the content. */
  readonly crc: number;
  readonly length: number;
}

export const EMPTY_HEAD: DeflatedHead = { deflated: Buffer.alloc(0), crc: 0, length: 0 };

/** RFC 1952: magic, deflate, no flags, no modification time, no extra flags, unknown operating system. */
const GZIP_HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);
const TRAILER_BYTES = 8;

/** Compresses on the thread pool. */
export async function deflateHead(content: Buffer): Promise<DeflatedHead> {
  const deflated = await deflateRawAsync(content, { finishFlush: constants.Z_SYNC_FLUSH });
  return { deflated, crc: crc32(content), length: content.length };
}

/**
 * The bytes of one gzip member (RFC 1952), in order: `head`, then `tail`. The tail is compressed on the thread pool, with
 * a window of its own, so its blocks can follow any head. One member, because browsers and others stop after the first.
 */
export async function gzipMember(head: DeflatedHead, tail: Buffer): Promise<readonly Buffer[]> {
  const deflatedTail = await deflateRawAsync(tail);
  const trailer = Buffer.alloc(TRAILER_BYTES);
  trailer.writeUInt32LE(crc32(tail, head.crc), 0);
  trailer.writeUInt32LE((head.length + tail.length) % 2 ** 32, 4);
  return [GZIP_HEADER, head.deflated, deflatedTail, trailer];
}
