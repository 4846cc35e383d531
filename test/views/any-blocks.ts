// Random blocks of endpoints, some of which have changed or just closed, in a world so small that everything collides.
import fc from 'fast-check';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { blocksOf, type EndpointBlock, endpointCount } from '../../src/views/blocks.ts';
import { ProcessTexts } from '../../src/views/process-texts.ts';
import { anySequence } from '../metrics/oracle/arbitraries.ts';
import { snapshotOf } from '../support/snapshots.ts';

/** Names processes after a piece of their command lines: `java[kafka.Kafka]`. */
export const TEXTS = new ProcessTexts([{ image: 'java', pattern: /(kafka\.\w+)/su }]);

const anyChanges = fc.infiniteStream(fc.constantFrom(0, 0, 1, 2));
/** Which rows of the collection before have closed. */
const anyClosings = fc.infiniteStream(fc.boolean());

/** Blocks of a collection, and behind them those of what has closed since the one before. */
export const anyBlocks: fc.Arbitrary<readonly EndpointBlock[]> = fc
  .record({ sequence: anySequence, changes: anyChanges, closings: anyClosings, tellsChanges: fc.boolean() })
  .map(({ sequence, changes, closings, tellsChanges }) => {
    const [before, now = before] = sequence.map(({ rows }) => snapshotOf(rows));
    if (before === undefined || now === undefined) return [];
    if (!tellsChanges) return blocksOf(now);
    const blocks = blocksOf(now).map((block) => ({ ...block, changes: Uint8Array.from(take(changes, block.length)) }));
    return [...blocks, ...closedBlocks(before, closings, endpointCount(blocks))];
  });

function closedBlocks(before: Snapshot, closings: Iterator<boolean>, start: number): readonly EndpointBlock[] {
  let first = start;
  return blocksOf(before).map((block) => {
    const rows = Uint32Array.from(Array(block.length).keys()).filter(() => closings.next().value);
    const closed = { ...block, first, length: rows.length, rows, changes: new Uint8Array(rows.length).fill(3) };
    first += rows.length;
    return closed;
  });
}

function take<T>(values: Iterator<T>, count: number): readonly T[] {
  return Array.from({ length: count }, () => values.next().value);
}
