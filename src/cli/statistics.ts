// `netstat-exporter statistics`: the counters of TCP and UDP in words, as netstat -s prints them.

import { randomUUID } from 'node:crypto';
import type { Config } from '../config/options.ts';
import { PROTOCOLS, type Protocol } from '../model/sockets.ts';
import { openSource } from '../sources/open.ts';
import { localTime } from '../terminal/heading.ts';
import { failureNotes, STATISTICS_PARTS } from '../terminal/notes.ts';
import { createPaint, PLAIN } from '../terminal/paint.ts';
import { statisticsJson } from '../terminal/statistics-json.ts';
import { statisticsScreen } from '../terminal/statistics-screen.ts';
import { type StatisticsReading, statisticsTable } from '../terminal/statistics-table.ts';
import { collectionInfo } from '../views/collection-info.ts';
import type { CollectionInfo } from '../views/endpoint.ts';
import { sourceChoice } from './collection-settings.ts';
import { asLines, widthOf } from './output.ts';
import { show, type View } from './show.ts';
import { protocolsWanted, showSettings, type ViewFlags } from './view-options.ts';

const WHAT_TO_READ = {
  tables: false,
  processes: false,
  services: false,
  commandLinesOf: new Set<string>(),
  statistics: true,
  ephemeralRange: false,
} as const;

interface Reading extends StatisticsReading {
  readonly collection: CollectionInfo;
  /** Undefined in the first one. */
  readonly before: StatisticsReading | undefined;
}

/** Resolves with the exit code set; rejects where nothing can be read or written. */
export async function statistics(config: Config, flags: ViewFlags): Promise<void> {
  const [protocols, settings] = [protocolsWanted(flags) ?? PROTOCOLS, showSettings(flags)];
  const source = await openSource(sourceChoice(config), WHAT_TO_READ);
  let latest: StatisticsReading | undefined;
  const read = (): Reading => {
    const now = { readAtMs: performance.now(), snapshot: source.read() };
    const reading = { ...now, before: latest, collection: collectionInfo(randomUUID(), now.snapshot) };
    latest = now;
    return reading;
  };
  const view: View<Reading> = {
    read,
    ...(settings.json ? jsonForm(protocols) : tableForm(protocols)),
    notes: ({ snapshot }) => failureNotes(snapshot, STATISTICS_PARTS),
    isComplete: ({ snapshot }) => failureNotes(snapshot, STATISTICS_PARTS).length === 0,
  };
  await show(view, settings.intervalMs);
  source.close();
}

type Form = Pick<View<Reading>, 'once' | 'repeated' | 'screen'>;

function tableForm(protocols: readonly Protocol[]): Form {
  const { stdout } = process;
  const paint = createPaint(stdout);
  return {
    once: (now) => asLines(statisticsTable({ now, protocols }, widthOf(stdout), paint)),
    *repeated({ before, collection, ...now }) {
      yield `${localTime(collection)}\n`;
      yield* asLines(statisticsTable({ now, protocols, growth: { before } }, undefined, PLAIN));
      yield '\n';
    },
    screen: ({ before, collection, ...now }, size) =>
      statisticsScreen(collection, { now, protocols, growth: { before } }, size, paint),
  };
}

function jsonForm(protocols: readonly Protocol[]): Form {
  const document = ({ collection, snapshot }: Reading): readonly string[] => [
    statisticsJson(collection, snapshot, protocols),
  ];
  return { once: document, repeated: document };
}
