// What went wrong with a question, in one line for a person.

import type { ErrorAnswer } from '../views/endpoint.ts';

/** How much of an answer that is no JSON of ours is shown. */
const MAX_SHOWN_LENGTH = 120;

/** `text`: the body of an answer with a status that is no success. */
export function statusProblem(status: number, text: string): string {
  switch (status) {
    case 401:
      return 'The server wants a user and a password (401): reload the page to be asked for them.';
    case 410:
      return 'This collection is no longer kept (410): resume to see the latest one.';
    case 429:
      return 'The server is asked too often (429): the next question waits.';
    case 503:
      return `The server has nothing to show now (503): ${reason(text)}`;
    default:
      return `The server refuses (${status}): ${reason(text)}`;
  }
}

/** `error`: what the request, or reading its answer, threw. */
export function networkProblem(error: unknown, timeoutMs: number): string {
  const name = error instanceof Error ? error.name : '';
  if (name === 'TimeoutError') return `The server has not answered within ${timeoutMs / 1_000} s.`;
  if (name === 'SyntaxError') return 'What answered is not the API of this page: no JSON came. Is a proxy in between?';
  return 'The server cannot be reached: it has ended, or the network is down.';
}

function reason(text: string): string {
  try {
    const answer = JSON.parse(text) as Partial<ErrorAnswer> | null;
    if (typeof answer?.error === 'string') return answer.error;
  } catch {
    // Not ours: of a proxy, or a page. Its beginning says enough.
  }
  return text.trim().slice(0, MAX_SHOWN_LENGTH) || 'it says no reason';
}
