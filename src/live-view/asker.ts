// Asks the API one kind of question: a later one takes back the one before, and a known answer is not sent again.

import { networkProblem, statusProblem } from './problems.ts';

export type Asked<Body> =
  | {
      readonly kind: 'answer';
      readonly body: Body;
      readonly etag: string | undefined;
      readonly serverTimeMs: number | undefined;
      /** When the answer had come and reading it began, as performance.now() has it. */
      readonly beganMs: number;
    }
  /** It is what the question's ETag says. */
  | { readonly kind: 'known' }
  /** `problem`: one line for a person. */
  | { readonly kind: 'failed'; readonly problem: string; readonly retryAfterMs: number | undefined }
  | { readonly kind: 'taken-back' };

/** A worker that hangs is told of by the server itself, earlier. */
const TIMEOUT_MS = 30_000;

export class Asker {
  #open: AbortController | undefined;

  /** `etag`: that of the answer which is there already. */
  async ask<Body>(address: string, etag?: string): Promise<Asked<Body>> {
    this.takeBack();
    const controller = new AbortController();
    this.#open = controller;
    const timer = setTimeout(() => controller.abort(new DOMException('', 'TimeoutError')), TIMEOUT_MS);
    try {
      const asked = await fetchAnswer<Body>(address, etag, controller.signal);
      return this.#open === controller ? asked : { kind: 'taken-back' };
    } catch (error) {
      if (this.#open !== controller) return { kind: 'taken-back' };
      return { kind: 'failed', problem: networkProblem(error, TIMEOUT_MS), retryAfterMs: undefined };
    } finally {
      clearTimeout(timer);
    }
  }

  takeBack(): void {
    this.#open?.abort();
    this.#open = undefined;
  }
}

async function fetchAnswer<Body>(address: string, etag: string | undefined, signal: AbortSignal): Promise<Asked<Body>> {
  const response = await fetch(address, {
    // The answers are not to be stored anyhow; and with the default a browser would answer 304 by what it has itself.
    cache: 'no-store',
    headers: { Accept: 'application/json', ...(etag === undefined ? {} : { 'If-None-Match': etag }) },
    signal,
  });
  if (response.status === 304) return { kind: 'known' };
  const text = await response.text();
  if (!response.ok) {
    const problem = statusProblem(response.status, text);
    return { kind: 'failed', problem, retryAfterMs: secondsMs(response.headers.get('Retry-After')) };
  }
  const beganMs = performance.now();
  const body = JSON.parse(text) as Body;
  const [newEtag, date] = [response.headers.get('ETag') ?? undefined, response.headers.get('Date')];
  return { kind: 'answer', body, etag: newEtag, serverTimeMs: dateMs(date), beganMs };
}

function dateMs(text: string | null): number | undefined {
  const time = text === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}

/** Retry-After as seconds, as our server sends it; its other form, a date, counts as none. */
function secondsMs(text: string | null): number | undefined {
  return text !== null && /^\d+$/.test(text) ? Number(text) * 1_000 : undefined;
}
