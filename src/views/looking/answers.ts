// The answers to questions, as bytes that need only be sent.

import type { AggregationSettings } from '../../metrics/settings.ts';
import { collectionInfo } from '../collection-info.ts';
import { countEndpoints } from '../counts.ts';
import { CSV_HEADER, csvLine } from '../csv.ts';
import { describeEndpoint } from '../describe.ts';
import type { Endpoint, EndpointsAnswer, SummaryAnswer } from '../endpoint.ts';
import { groupEndpoints } from '../groups/groups.ts';
import type { ProcessTexts } from '../process-texts.ts';
import type { Collection } from './collection.ts';
import type { CsvQuestion, EndpointsQuestion, Question, SummaryQuestion } from './question.ts';

export interface AnswerContext {
  readonly settings: AggregationSettings;
  readonly texts: ProcessTexts;
}

export interface Answered {
  /** How many endpoints, or groups, there are on all pages. */
  readonly total: number;
  readonly body: Uint8Array<ArrayBuffer>;
}

export function answer(collection: Collection, question: Question, context: AnswerContext): Answered {
  switch (question.kind) {
    case 'endpoints':
      return answerEndpoints(collection, question, context);
    case 'csv':
      return answerCsv(collection, question, context);
    case 'summary':
      return answerSummary(collection, question, context);
  }
}

function answerEndpoints(
  collection: Collection,
  question: EndpointsQuestion,
  { settings, texts }: AnswerContext,
): Answered {
  const { changes, offset } = question;
  const blocks = collection.blocks(changes);
  const selection = collection.select(question, texts);
  const queries = question.queries ? collection.queryWriter(settings) : undefined;
  const endpoints: Endpoint[] = [];
  for (const number of page(selection, question)) {
    const endpoint = describeEndpoint(blocks, number, texts);
    endpoints.push(queries === undefined ? endpoint : { ...endpoint, queries: queries.queriesFor(blocks, number) });
  }
  const contents: EndpointsAnswer = {
    collection: collectionInfo(collection.id, collection.snapshot),
    total: selection.length,
    offset,
    endpoints,
  };
  return { total: selection.length, body: bytes(JSON.stringify(contents)) };
}

function answerCsv(collection: Collection, question: CsvQuestion, { texts }: AnswerContext): Answered {
  const blocks = collection.blocks(false);
  const selection = collection.select(question, texts);
  let text = question.offset === 0 ? CSV_HEADER : '';
  for (const number of page(selection, question)) text += csvLine(describeEndpoint(blocks, number, texts));
  return { total: selection.length, body: bytes(text) };
}

function answerSummary(collection: Collection, question: SummaryQuestion, { texts }: AnswerContext): Answered {
  const { by, offset } = question;
  const blocks = collection.blocks(false);
  const selection = collection.select(question, texts);
  const groups = by === undefined ? undefined : groupEndpoints(blocks, selection, by, texts);
  const contents: SummaryAnswer = {
    collection: collectionInfo(collection.id, collection.snapshot),
    counts: countEndpoints(blocks),
    selected: countEndpoints(blocks, selection),
    history: collection.history(),
    ...(by !== undefined && groups !== undefined
      ? { groups: { by, total: groups.length, offset, items: groups.slice(offset, offset + question.limit) } }
      : {}),
  };
  return { total: groups?.length ?? selection.length, body: bytes(JSON.stringify(contents)) };
}

/** The numbers of a page. */
function page(numbers: Uint32Array, { offset, limit }: Question): Uint32Array {
  return numbers.subarray(offset, offset + limit);
}

function bytes(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
