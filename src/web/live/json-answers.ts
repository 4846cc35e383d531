// What the API says instead of an answer.

import type { Response } from 'express';
import type { ErrorAnswer } from '../../views/endpoint.ts';

export function refuse(response: Response, status: number, error: string): void {
  response.status(status).json({ error } satisfies ErrorAnswer);
}

const TRY_AGAIN_AFTER_S = 2;

/** Nothing can be told now; in a few seconds perhaps. */
export function refuseForNow(response: Response, error: string): void {
  response.set('Retry-After', String(TRY_AGAIN_AFTER_S));
  refuse(response, 503, error);
}
