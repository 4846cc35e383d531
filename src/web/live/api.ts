// The API of the live view: pages of endpoints, all of them as CSV, and how many there are.

import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Request, Response } from 'express';
import { within } from '../../collector/within.ts';
import type { CsvQuestion, EndpointsQuestion, SummaryQuestion } from '../../views/looking/question.ts';
import { acceptsGzip } from '../negotiation.ts';
import type { Answering } from '../parallel-limit.ts';
import {
  knownCollections,
  LOOK_TIMEOUT_MS,
  type LookingOptions,
  lookOrRefusal,
  questionOrRefusal,
  type Seen,
} from './looking.ts';

/** Less is not worth the time. */
const MIN_COMPRESSED_BYTES = 1_000;
/** Of CSV that are made at a time: some 30 ms of the worker's. */
const CSV_PIECE_LINES = 5_000;

const CLIENT_HAS_LEFT = 'ERR_STREAM_PREMATURE_CLOSE';

const compress = promisify(gzip);

/** One page of JSON. */
export function jsonHandler(kind: (EndpointsQuestion | SummaryQuestion)['kind'], options: LookingOptions): Answering {
  return async (request, response) => {
    const question = questionOrRefusal(request, response, kind);
    if (question === undefined) return;
    const seen = await lookOrRefusal(response, options, question, knownCollections(request.get('If-None-Match')));
    if (seen === undefined) return;
    response.type('application/json').vary('Accept-Encoding');
    const { buffer, byteOffset, byteLength } = seen.body;
    await sendBody(request, response, Buffer.from(buffer, byteOffset, byteLength));
  };
}

async function sendBody(request: Request, response: Response, body: Buffer): Promise<void> {
  if (body.length < MIN_COMPRESSED_BYTES || !acceptsGzip(request.get('Accept-Encoding'))) {
    response.send(body);
    return;
  }
  response.set('Content-Encoding', 'gzip').send(await compress(body));
}

/** All that fits, of one collection, in pieces: as fast as the client takes them. */
export function csvHandler(options: LookingOptions): Answering {
  return async (request, response) => {
    const question = questionOrRefusal(request, response, 'csv') as CsvQuestion | undefined;
    if (question === undefined) return;
    const first = await lookOrRefusal(response, options, { ...question, limit: CSV_PIECE_LINES }, []);
    if (first === undefined) return;
    response.type('text/csv').attachment('endpoints.csv');
    if (request.method === 'HEAD') response.end();
    else await sendPieces(response, piecesFrom(first, options, question));
  };
}

async function* piecesFrom(first: Seen, { look }: LookingOptions, question: CsvQuestion): AsyncGenerator<Uint8Array> {
  const { collection, total } = first;
  yield first.body;
  for (let offset = CSV_PIECE_LINES; offset < total; offset += CSV_PIECE_LINES) {
    const piece = await within(look({ ...question, collection, offset, limit: CSV_PIECE_LINES }, []), LOOK_TIMEOUT_MS);
    if (piece?.state !== 'seen') throw new MissingPiece();
    yield piece.body;
  }
}

/** The collection is not kept any more, or the worker hangs or has too much to do. */
class MissingPiece extends Error {}

/**
 * Where one is missing the connection is cut: a file that ends early must not look whole. The log is spared, since
 * clients that are slow enough bring that about.
 */
async function sendPieces(response: Response, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  try {
    await pipeline(pieces, response);
  } catch (error) {
    if (error instanceof MissingPiece || (error as NodeJS.ErrnoException).code === CLIENT_HAS_LEFT) return;
    throw error;
  }
}
