// Reads the endpoints of a host for a person: those that were asked for, in order, and what has happened since the reading before.

import { randomUUID } from 'node:crypto';
import type { Snapshot } from '../model/snapshot.ts';
import type { Source } from '../sources/source.ts';
import { blocksOf, type EndpointBlock } from '../views/blocks.ts';
import { withChanges } from '../views/changes/changes.ts';
import { collectionInfo } from '../views/collection-info.ts';
import { countEndpoints } from '../views/counts.ts';
import { describeEndpoint } from '../views/describe.ts';
import type { CollectionInfo, Counts, Endpoint } from '../views/endpoint.ts';
import type { Filter } from '../views/filter.ts';
import type { ProcessTexts } from '../views/process-texts.ts';
import { select } from '../views/selection/selection.ts';
import type { EndpointsWanted } from './view-options.ts';

export interface EndpointReading {
  readonly snapshot: Snapshot;
  readonly collection: CollectionInfo;
  readonly blocks: readonly EndpointBlock[];
  /** Of those that were asked for, in order. */
  readonly numbers: Uint32Array<ArrayBuffer>;
  /** Of those that would be asked for if it did not matter who owns them: where an owner cannot be seen, it may be one that is asked for. */
  readonly whoeverOwns: () => Uint32Array<ArrayBuffer>;
  /** Of those that were asked for. */
  readonly counts: Counts;
  /** Those that were asked for, or the first `count` of them. */
  readonly endpoints: (count?: number) => readonly Endpoint[];
}

export class EndpointReader {
  readonly #source: Source;
  readonly #wanted: EndpointsWanted;
  readonly #texts: ProcessTexts;
  #before: Snapshot | undefined;

  constructor(source: Source, wanted: EndpointsWanted, texts: ProcessTexts) {
    this.#source = source;
    this.#wanted = wanted;
    this.#texts = texts;
  }

  /** Blocks. */
  read(): EndpointReading {
    // The memory of the reading before cannot be used again: what has closed is described from there.
    const snapshot = this.#source.read();
    const blocks = this.#before === undefined ? blocksOf(snapshot) : withChanges(snapshot, this.#before);
    this.#before = snapshot;
    const { filter, order } = this.#wanted;
    const texts = this.#texts;
    const numbers = select(blocks, filter, order, texts);
    return {
      snapshot,
      collection: collectionInfo(randomUUID(), snapshot),
      blocks,
      numbers,
      whoeverOwns: () => select(blocks, withoutOwner(filter), undefined, texts),
      counts: countEndpoints(blocks, numbers),
      endpoints: (count) => Array.from(numbers.subarray(0, count), (number) => describeEndpoint(blocks, number, texts)),
    };
  }
}

/** Words that are searched for may stand in an owner's name. */
function withoutOwner({ processes, services, search, ...others }: Filter): Filter {
  return others;
}
