// What the main thread and the collection worker say to each other.

import type { Samples } from '../metrics/samples.ts';
import type { KnownCollections, Look, Question } from '../views/looking/question.ts';

/** One collection at a time: the next is asked for when the answer to the one before is there, or never. Looks come as they come. */
export type Request =
  | { readonly kind: 'collect' }
  | { readonly kind: 'look'; readonly number: number; readonly question: Question; readonly known: KnownCollections }
  | { readonly kind: 'close' };

/** What is known of the source once it is open. */
export interface OpenedSource {
  /** As Source has it. */
  readonly machineId: string | undefined;
}

export type Reply =
  /** The source is open. Said once, first. */
  | { readonly kind: 'opened'; readonly source: OpenedSource }
  | { readonly kind: 'collected'; readonly samples: Samples }
  /** Something threw that should not have; the worker goes on. */
  | { readonly kind: 'failed'; readonly message: string }
  /** The answer to the look of that number. */
  | { readonly kind: 'looked'; readonly number: number; readonly look: Look }
  | { readonly kind: 'look_failed'; readonly number: number; readonly message: string };
