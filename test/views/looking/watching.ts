// A viewer whose host and clock a test drives as the collection worker does.
import { aggregate } from '../../../src/metrics/aggregate.ts';
import type { Snapshot } from '../../../src/model/snapshot.ts';
import type { EndpointsAnswer, SummaryAnswer } from '../../../src/views/endpoint.ts';
import { type Look, parseQuestion, type Question } from '../../../src/views/looking/question.ts';
import { Viewer } from '../../../src/views/looking/viewer.ts';
import { DEFAULT_SETTINGS } from '../../support/settings.ts';
import { snapshotOf, type TcpSocketRow } from '../../support/snapshots.ts';

/** A viewer whose host and clock a test drives as the collection worker does. */
export class Watching {
  nowMs = 0;
  readonly viewer = new Viewer(DEFAULT_SETTINGS, () => this.nowMs);
  #memory: Snapshot | undefined;

  /** One collection. The memory of the one before is overwritten, as that of a source's is. */
  collect(...rows: readonly TcpSocketRow[]): void {
    this.viewer.release();
    if (this.#memory !== undefined) overwrite(this.#memory);
    const snapshot = snapshotOf({ tcp4: rows, processes: [[7, 'nginx', 'nginx.service']] });
    this.#memory = snapshot;
    this.viewer.collected(snapshot, aggregate(snapshot, DEFAULT_SETTINGS));
  }

  look(query = '', known: readonly string[] = []): Look {
    return this.viewer.look(question('endpoints', query), known);
  }

  endpoints(query = ''): EndpointsAnswer {
    return read(this.look(query)) as EndpointsAnswer;
  }

  summary(query = ''): SummaryAnswer {
    return read(this.viewer.look(question('summary', query), [])) as SummaryAnswer;
  }
}

function overwrite({ tables }: Snapshot): void {
  for (const table of Object.values(tables))
    for (const column of Object.values(table)) if (ArrayBuffer.isView(column)) (column as Uint32Array).fill(1);
}

export function question(kind: Question['kind'], query: string): Question {
  return parseQuestion(kind, new URLSearchParams(query));
}

function read(look: Look): unknown {
  if (look.state !== 'seen') throw new Error(`nothing is seen: ${look.state}`);
  return JSON.parse(new TextDecoder().decode(look.body));
}
