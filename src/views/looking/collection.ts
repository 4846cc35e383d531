// One collection as somebody looks at it: what was read, what has changed, and the orders that were asked for.

import type { Samples } from '../../metrics/samples.ts';
import type { AggregationSettings } from '../../metrics/settings.ts';
import { copySnapshot, type Snapshot } from '../../model/snapshot.ts';
import { blocksOf, type EndpointBlock } from '../blocks.ts';
import { withChanges } from '../changes/changes.ts';
import type { SummaryAnswer } from '../endpoint.ts';
import type { Filter, Order } from '../filter.ts';
import type { ProcessTexts } from '../process-texts.ts';
import { QueryWriter } from '../queries/queries.ts';
import { select } from '../selection/selection.ts';

/** The last few questions are answered without selecting again: whoever scrolls asks for page after page. */
const MAX_SELECTIONS = 8;

interface CollectionContents {
  readonly id: string;
  readonly snapshot: Snapshot;
  /** What the outputs have of it. */
  readonly samples: Samples;
  /** What the collection before it read; undefined where nothing can be said to have changed. */
  readonly before: Snapshot | undefined;
  readonly history: () => SummaryAnswer['history'];
}

export class Collection {
  readonly id: string;
  readonly snapshot: Snapshot;
  readonly samples: Samples;
  readonly history: () => SummaryAnswer['history'];
  /** When somebody asked for it by its id last, by a clock that nobody sets. */
  askedForMs = Number.NEGATIVE_INFINITY;
  readonly #before: Snapshot | undefined;
  #blocks: readonly EndpointBlock[] | undefined;
  #blocksWithChanges: readonly EndpointBlock[] | undefined;
  #queryWriter: QueryWriter | undefined;
  /** By question; the one that was asked last comes last. */
  readonly #selections = new Map<string, Uint32Array<ArrayBuffer>>();

  constructor({ id, snapshot, samples, before, history }: CollectionContents) {
    this.id = id;
    this.snapshot = snapshot;
    this.samples = samples;
    this.history = history;
    this.#before = before;
  }

  /** The same with tables of its own, and the history as it is now. */
  copy(): Collection {
    const { id, samples } = this;
    const history = this.history();
    const copy = new Collection({
      id,
      snapshot: copySnapshot(this.snapshot),
      samples,
      before: this.#before,
      history: () => history,
    });
    copy.askedForMs = this.askedForMs;
    return copy;
  }

  /** What counts an endpoint of this collection. `settings`: by which its samples were made. */
  queryWriter(settings: AggregationSettings): QueryWriter {
    this.#queryWriter ??= new QueryWriter(settings, this.samples, this.snapshot);
    return this.#queryWriter;
  }

  /** With changes, what has just closed is among the endpoints. */
  blocks(changes: boolean): readonly EndpointBlock[] {
    if (changes && this.#before !== undefined) {
      this.#blocksWithChanges ??= withChanges(this.snapshot, this.#before);
      return this.#blocksWithChanges;
    }
    this.#blocks ??= blocksOf(this.snapshot);
    return this.#blocks;
  }

  /** The numbers of the endpoints that fit, in order. */
  select(question: { filter: Filter; order?: Order | undefined; changes?: boolean }, texts: ProcessTexts): Uint32Array {
    const { filter, order, changes = false } = question;
    const key = JSON.stringify([filter, order, changes]);
    const selection = this.#selections.get(key) ?? select(this.blocks(changes), filter, order, texts);
    this.#selections.delete(key);
    this.#selections.set(key, selection);
    const [oldest] = this.#selections.keys();
    if (this.#selections.size > MAX_SELECTIONS && oldest !== undefined) this.#selections.delete(oldest);
    return selection;
  }
}
