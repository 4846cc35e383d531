// The rows of one list in one collection, as far as they have been asked for.

import type { CollectionInfo, Endpoint } from '../views/endpoint.ts';
import type { Range } from './addresses.ts';
import { isSame } from './identity.ts';

/** Rows are asked for in whole chunks of this many, so that small movements ask for nothing. */
export const CHUNK_ROWS = 100;
/** What is forgotten first is what came first: 20,000 rows are kept. */
const MAX_CHUNKS = 200;
/** The API gives no more at a time. */
const MAX_RANGE_ROWS = 1_000;

/** The chunks that these rows lie in. */
export function chunksAround({ offset, end }: Range): Range {
  const first = Math.floor(offset / CHUNK_ROWS) * CHUNK_ROWS;
  const last = Math.max(first + CHUNK_ROWS, Math.ceil(end / CHUNK_ROWS) * CHUNK_ROWS);
  return { offset: first, end: Math.min(last, first + MAX_RANGE_ROWS) };
}

export class LoadedRows {
  /** What was asked: filters, words, order. */
  readonly question: string;
  readonly collection: CollectionInfo;
  readonly etag: string | undefined;
  readonly total: number;
  readonly #chunks = new Map<number, readonly Endpoint[]>();

  constructor(question: string, collection: CollectionInfo, etag: string | undefined, total: number) {
    this.question = question;
    this.collection = collection;
    this.etag = etag;
    this.total = total;
  }

  /** The answer to a question for whole chunks. */
  add({ offset, end }: Range, endpoints: readonly Endpoint[]): void {
    for (let start = offset; start < end; start += CHUNK_ROWS)
      this.#chunks.set(start / CHUNK_ROWS, endpoints.slice(start - offset, start - offset + CHUNK_ROWS));
    for (const chunk of this.#chunks.keys()) {
      if (this.#chunks.size <= MAX_CHUNKS) break;
      this.#chunks.delete(chunk);
    }
  }

  /** Undefined where the row has not come yet. */
  at(position: number): Endpoint | undefined {
    return this.#chunks.get(Math.floor(position / CHUNK_ROWS))?.[position % CHUNK_ROWS];
  }

  /** Whether all rows of these positions are there, of those that the list has. */
  has({ offset, end }: Range): boolean {
    for (let at = offset; at < Math.min(end, this.total); at += CHUNK_ROWS - (at % CHUNK_ROWS))
      if (!this.#chunks.has(Math.floor(at / CHUNK_ROWS))) return false;
    return true;
  }

  /** The position of the endpoint that is nearest to `near`, of sockets that cannot be told apart. */
  find(endpoint: Endpoint, near: number): number | undefined {
    let nearest: number | undefined;
    for (const [chunk, endpoints] of this.#chunks) {
      for (const [index, other] of endpoints.entries()) {
        if (!isSame(endpoint, other)) continue;
        const position = chunk * CHUNK_ROWS + index;
        if (nearest === undefined || Math.abs(position - near) < Math.abs(nearest - near)) nearest = position;
      }
    }
    return nearest;
  }
}
