// A limit on how many requests of one kind are answered at a time.

import type { RequestHandler } from 'express';
import { sendLine } from './responses.ts';

/** Beyond `maxRequests` at a time, 503; 0 is no limit. A request is over when its answer is sent or its client has left. */
export function parallelLimit(maxRequests: number): RequestHandler {
  let running = 0;
  return (_request, response, next) => {
    if (maxRequests > 0 && running >= maxRequests) {
      sendLine(
        response,
        503,
        `${maxRequests} scrapes are running already, which is --web.max-requests; try again later`,
      );
      return;
    }
    running += 1;
    response.once('close', () => {
      running -= 1;
    });
    next();
  };
}
