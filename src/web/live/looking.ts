// Asks the collection worker for a request, and says why where it gets no answer.

import type { Request, Response } from 'express';
import type { Collector } from '../../collector/collector.ts';
import { within } from '../../collector/within.ts';
import {
  type KnownCollections,
  type Look,
  parseQuestion,
  type Question,
  QuestionError,
} from '../../views/looking/question.ts';
import { refuse, refuseForNow } from './json-answers.ts';

/** A look waits behind a collection under way. One that takes longer than this hangs, or might as well. */
export const LOOK_TIMEOUT_MS = 5_000;

export interface LookingOptions {
  readonly collector: Collector;
  look(question: Question, known: KnownCollections): Promise<Look>;
}

export type Seen = Extract<Look, { state: 'seen' }>;

/** The question of a request; undefined where the request was refused. */
export function questionOrRefusal(request: Request, response: Response, kind: Question['kind']): Question | undefined {
  try {
    return parseQuestion(kind, new URLSearchParams(/\?.*$/.exec(request.url)?.[0]));
  } catch (error) {
    if (!(error instanceof QuestionError)) throw error;
    refuse(response, 400, error.message);
    return undefined;
  }
}

/** What is seen; undefined where the request has got its answer, be it that the client knows all that. */
export async function lookOrRefusal(
  response: Response,
  { collector, look }: LookingOptions,
  question: Question,
  known: KnownCollections,
): Promise<Seen | undefined> {
  if (question.collection === undefined && !(await hasFreshCollection(response, collector))) return undefined;
  const seen = await within(look(question, known), LOOK_TIMEOUT_MS);
  switch (seen?.state) {
    case undefined:
      refuseForNow(response, 'reading the host takes too long; the log says more');
      return undefined;
    case 'pending':
    case 'busy':
      refuseForNow(response, 'the endpoints cannot be looked at now; try again later');
      return undefined;
    case 'gone':
      refuse(response, 410, 'this collection is not kept any more');
      return undefined;
    case 'known':
      response.status(304).set('ETag', entityTag(seen.collection)).end();
      return undefined;
    case 'seen':
      response.set('ETag', entityTag(seen.collection));
      return seen;
  }
}

/** Where collections are made when they are asked for, this asks. */
async function hasFreshCollection(response: Response, collector: Collector): Promise<boolean> {
  const { state } = await collector.answer();
  if (state === 'pending')
    refuseForNow(response, 'no collection has succeeded yet; the log says why where one has failed');
  if (state === 'stale') refuseForNow(response, 'the last collection is too old to be shown; the log says why');
  return state === 'fresh';
}

/** All answers of one URL are the same as long as the collection is. */
function entityTag(collection: string): string {
  return `"${collection}"`;
}

/** The collections that an If-None-Match names (RFC 9110, 13.1.2). */
export function knownCollections(header: string | undefined): KnownCollections {
  return [...(header ?? '').matchAll(/"([^"]*)"/g)].map(([, tag = '']) => tag);
}
