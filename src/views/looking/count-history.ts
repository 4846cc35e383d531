// How many endpoints the host had in the latest collections.

import { isComplete } from '../../metrics/completeness.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { blocksOf } from '../blocks.ts';
import { COUNTED, countEndpoints } from '../counts.ts';
import type { Counts, SummaryAnswer } from '../endpoint.ts';

/** Half an hour of collections that are 15 seconds apart. */
export const MAX_COLLECTIONS = 120;

interface Entry {
  readonly timestampMs: number;
  readonly counts: Counts;
  /** Whether each table of the protocol was read that the host has: half a count is none. */
  readonly hasTcp: boolean;
  readonly hasUdp: boolean;
}

export class CountHistory {
  /** The oldest first. */
  readonly #entries: Entry[] = [];

  /** Adds the latest collection; beyond MAX_COLLECTIONS the oldest one goes. */
  add(snapshot: Snapshot): void {
    this.#entries.push({
      timestampMs: snapshot.timestampMs,
      counts: countEndpoints(blocksOf(snapshot)),
      hasTcp: isComplete('netstat_tcp_connections', snapshot),
      hasUdp: isComplete('netstat_udp_endpoints', snapshot),
    });
    if (this.#entries.length > MAX_COLLECTIONS) this.#entries.shift();
  }

  read(): SummaryAnswer['history'] {
    const rows = COUNTED.map((column) => [column, this.#entries.map((entry) => countIn(entry, column))] as const);
    return {
      times: this.#entries.map(({ timestampMs }) => new Date(timestampMs).toISOString()),
      counts: Object.fromEntries(rows.filter(([, counts]) => counts.some((count) => count !== null && count > 0))),
    };
  }
}

function countIn({ counts, hasTcp, hasUdp }: Entry, column: keyof Counts): number | null {
  const isTold = column === 'udp' ? hasUdp : hasTcp;
  return isTold ? (counts[column] ?? 0) : null;
}
