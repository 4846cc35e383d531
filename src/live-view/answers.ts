// What an answer of the API changes in the state.

import type { Endpoint, EndpointsAnswer, SummaryAnswer } from '../views/endpoint.ts';
import type { Range } from './addresses.ts';
import type { Asked } from './asker.ts';
import { totalText } from './counting.ts';
import { isSame } from './identity.ts';
import { LoadedRows } from './loaded-rows.ts';
import type { Cursor, QuestionKind, State } from './state.ts';

type Answer<Body> = Extract<Asked<Body>, { kind: 'answer' }>;

/** `question`: what was asked, but for the page of it. */
export function withEndpoints(
  state: State,
  question: string,
  range: Range,
  { body, etag, serverTimeMs }: Answer<EndpointsAnswer>,
): Partial<State> {
  const known = state.rows;
  const goesOn = known?.question === question && known.collection.id === body.collection.id;
  const rows = goesOn ? known : new LoadedRows(question, body.collection, etag, body.total);
  rows.add(range, body.endpoints);
  return {
    rows,
    cursor: follow(state.cursor, rows),
    ...withClock(state, serverTimeMs),
    ...withoutProblem(state, 'endpoints'),
  };
}

export function withSummary(
  state: State,
  question: string,
  { body, etag, serverTimeMs }: Answer<SummaryAnswer>,
): Partial<State> {
  return {
    summary: { question, etag, answer: body },
    ...withClock(state, serverTimeMs),
    ...withoutProblem(state, 'summary'),
    ...(state.summary?.question === question ? {} : { announcement: { text: totalText(body), isShown: false } }),
  };
}

/** `asked`: the endpoint that was asked for. */
export function withDetails(state: State, asked: Endpoint, { body, etag }: Answer<EndpointsAnswer>): Partial<State> {
  const endpoint = body.endpoints.find((other) => isSame(asked, other));
  return {
    details: { endpoint: endpoint ?? asked, isGone: endpoint === undefined, etag },
    ...withoutProblem(state, 'details'),
  };
}

export function withProblem({ problems }: State, kind: QuestionKind, problem: string): Partial<State> {
  return { problems: { ...problems, [kind]: problem } };
}

export function withoutProblem({ problems }: State, kind: QuestionKind): Partial<State> {
  const { [kind]: _, ...others } = problems;
  return { problems: others };
}

/** The selection goes where its endpoint goes, as far as that can be seen. */
function follow(cursor: Cursor | undefined, rows: LoadedRows): Cursor | undefined {
  if (cursor === undefined) return undefined;
  if (cursor.endpoint === undefined) return { ...cursor, endpoint: rows.at(cursor.position) };
  const position = rows.find(cursor.endpoint, cursor.position);
  return position === undefined ? cursor : { position, endpoint: rows.at(position) };
}

/** The browser's clock can be wrong by hours; ages are told by the server's, which is in every answer to the second. */
function withClock({ clockAheadMs }: State, serverTimeMs: number | undefined): Pick<State, 'clockAheadMs'> {
  return { clockAheadMs: serverTimeMs === undefined ? clockAheadMs : serverTimeMs - Date.now() };
}
