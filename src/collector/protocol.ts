// What the main thread and the collection worker say to each other.

import type { Samples } from '../metrics/samples.ts';

/** One at a time: the next request comes when the answer to the one before is there, or never. */
export type Request = { readonly kind: 'collect' } | { readonly kind: 'close' };

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
  | { readonly kind: 'failed'; readonly message: string };
