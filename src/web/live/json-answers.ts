// What the API says instead of an answer.

import type { Response } from 'express';
import type { ErrorAnswer } from '../../views/endpoint.ts';

export function refuse(response: Response, status: number, error: string): void {
  response.status(status).json({ error } satisfies ErrorAnswer);
}

/** Nothing can be told now; after so many seconds perhaps. */
export function refuseForNow(response: Response, seconds: number, error: string): void {
  response.set('Retry-After', String(seconds));
  refuse(response, 503, error);
}
