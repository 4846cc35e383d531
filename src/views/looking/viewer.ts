// Looks at the collections for whoever asks: the worker's side of the live view and its API.

import type { Samples } from '../../metrics/samples.ts';
import type { AggregationSettings } from '../../metrics/settings.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { ProcessTexts } from '../process-texts.ts';
import { type AnswerContext, answer } from './answers.ts';
import { Collection } from './collection.ts';
import { CountHistory } from './count-history.ts';
import type { KnownCollections, Look, Question } from './question.ts';

/** Somebody looks if one of the last so many collections was asked for. */
const WATCHED_FOR_COLLECTIONS = 3;
/** How many collections are kept at most beside the latest one: each with a copy of its tables, and of those before it. */
const MAX_KEPT = 4;
/** For how long a collection is kept that was asked for by its id, since that was done last. */
const KEEP_MS = 10 * 60_000;

/** Told of each collection, and asked between them. As long as nobody asks it keeps nothing but counts. */
export class Viewer {
  readonly #context: AnswerContext;
  readonly #nowMs: () => number;
  readonly #history = new CountHistory();
  /** Ids of another run of the program are not taken for ours. */
  readonly #run = crypto.randomUUID().slice(0, 8);
  /** Of the latest collection. */
  #number = 0;
  #lastAsked = Number.NEGATIVE_INFINITY;
  #latest: Collection | undefined;
  /** The one before the latest, where it was kept. */
  #before: Collection | undefined;
  /** Those that were asked for by their ids, and perhaps the one before the latest. */
  #kept: readonly Collection[] = [];

  /** `nowMs` is a clock that nobody sets. */
  constructor(settings: AggregationSettings, nowMs: () => number = () => performance.now()) {
    this.#context = { settings, texts: new ProcessTexts(settings.nameRules) };
    this.#nowMs = nowMs;
  }

  /** There is a new collection. Its tables stay as they are until `release`. */
  collected(snapshot: Snapshot, samples: Samples): void {
    this.#number++;
    this.#history.add(snapshot);
    this.#latest = new Collection({
      id: `${this.#run}-${this.#number}`,
      snapshot,
      samples,
      before: this.#before?.snapshot,
      history: () => this.#history.read(),
    });
  }

  /** The tables of the latest collection are about to be overwritten: they are copied if somebody looks. */
  release(): void {
    const oldestMs = this.#nowMs() - KEEP_MS;
    const asked = this.#kept.filter(({ askedForMs }) => askedForMs > oldestMs);
    this.#before = this.#isWatched() ? this.#latest?.copy() : undefined;
    this.#latest = undefined;
    this.#kept = this.#before === undefined ? asked : [...mostRecentlyAsked(asked, MAX_KEPT - 1), this.#before];
  }

  /** Answers from the collection that is asked for, unless the client knows it. */
  look(question: Question, known: KnownCollections): Look {
    this.#lastAsked = this.#number;
    const { collection: id } = question;
    const collection = id === undefined ? (this.#latest ?? this.#before) : this.#find(id);
    if (collection === undefined) return { state: id === undefined ? 'pending' : 'gone' };
    if (id !== undefined) collection.askedForMs = this.#nowMs();
    if (known.includes(collection.id)) return { state: 'known', collection: collection.id };
    const answered = answer(collection, question, this.#context);
    // The rest of a file is asked for by the id, perhaps many collections later: its reader may be slow.
    if (question.kind === 'csv' && question.offset + question.limit < answered.total)
      collection.askedForMs = this.#nowMs();
    return { state: 'seen', collection: collection.id, ...answered };
  }

  #find(id: string): Collection | undefined {
    return this.#latest?.id === id ? this.#latest : this.#kept.find((kept) => kept.id === id);
  }

  #isWatched(): boolean {
    return this.#number - this.#lastAsked < WATCHED_FOR_COLLECTIONS;
  }
}

function mostRecentlyAsked(collections: readonly Collection[], count: number): readonly Collection[] {
  return collections.toSorted((one, other) => other.askedForMs - one.askedForMs).slice(0, count);
}
