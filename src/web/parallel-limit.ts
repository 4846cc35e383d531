// A limit on how many requests of one kind are answered at a time.

import type { Request, RequestHandler, Response } from 'express';
import { sendLine } from './responses.ts';

/** Resolves when all of the answer is handed to the connection, be it sent or not. */
export type Answering = (request: Request, response: Response) => Promise<void>;

/**
 * Beyond `maxRequests` at a time, 503 with `refusal`; 0 is no limit. A request is over when its answer is sent or its client has left;
 * a client that does not take its answer gives way to a newcomer, the one that has taken longest first.
 */
export function parallelLimit(maxRequests: number, refusal: string, answer: Answering): RequestHandler {
  const running = new Set<Response>();
  /** Those of them whose clients need only read, in the order in which that began. */
  const sending = new Set<Response>();
  const end = (response: Response): void => {
    running.delete(response);
    sending.delete(response);
  };
  const makePlace = (): boolean => {
    const [slowest] = sending;
    if (slowest === undefined) return false;
    end(slowest);
    slowest.destroy();
    return true;
  };
  return async (request, response) => {
    if (maxRequests > 0 && running.size >= maxRequests && !makePlace()) {
      sendLine(response, 503, refusal);
      return;
    }
    running.add(response);
    response.once('close', () => end(response));
    await answer(request, response);
    if (running.has(response)) sending.add(response);
  };
}
