// A limit on how many requests of one kind are answered at a time.

import type { Request, RequestHandler, Response } from 'express';

/** Resolves when all of the answer is handed to the connection, be it sent or not. */
export type Answering = (request: Request, response: Response) => Promise<void>;

/** A client of an answer in pieces that has waited to be sent to for longer is slow. */
const SLOW_AFTER_MS = 2_000;

/**
 * Beyond `maxRequests` at a time, `refuse` answers; 0 is no limit. A request is over when its answer is sent or its client has left;
 * a client that does not take its answer gives way to a newcomer, the one that has taken longest first, and then one that
 * does not take a piece of it.
 */
export function parallelLimit(
  maxRequests: number,
  refuse: (response: Response) => void,
  answer: Answering,
): RequestHandler {
  /** By when their clients last took all that they had been sent, or came. */
  const running = new Map<Response, number>();
  /** Those of them whose clients need only read, in the order in which that began. */
  const sending = new Set<Response>();
  const end = (response: Response): void => {
    running.delete(response);
    sending.delete(response);
  };
  const slowest = (): Response | undefined => {
    const [first] = sending;
    return first ?? [...running].find(isSlow)?.[0];
  };
  const makePlace = (): boolean => {
    const response = slowest();
    if (response === undefined) return false;
    end(response);
    response.destroy();
    return true;
  };
  return async (request, response) => {
    if (maxRequests > 0 && running.size >= maxRequests && !makePlace()) {
      refuse(response);
      return;
    }
    const note = (): void => void running.set(response, performance.now());
    note();
    response.on('drain', note).once('close', () => end(response));
    await answer(request, response);
    if (running.has(response)) sending.add(response);
  };
}

function isSlow([{ writableNeedDrain }, takenMs]: readonly [Response, number]): boolean {
  return writableNeedDrain && performance.now() - takenMs > SLOW_AFTER_MS;
}
