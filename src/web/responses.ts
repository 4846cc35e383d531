// The small answers.

import type { Response } from 'express';

/** Answers with one line of plain text. */
export function sendLine(response: Response, status: number, line: string): void {
  response.status(status).type('text/plain').send(`${line}\n`);
}
