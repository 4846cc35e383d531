// The MIB counters on a screen.

import type { CollectionInfo } from '../views/endpoint.ts';
import { failureLine, localTime } from './heading.ts';
import type { Paint } from './paint.ts';
import type { ScreenSize } from './screen.ts';
import { type StatisticsView, statisticsTable } from './statistics-table.ts';
import { cutEnd } from './text-width.ts';

/** At most as many lines as the terminal has, none longer than it is wide. With what a host keeps, 24 lines are enough. */
export function statisticsScreen(
  collection: CollectionInfo,
  view: StatisticsView,
  { columns, rows }: ScreenSize,
  paint: Paint,
): readonly string[] {
  const lines = [
    cutEnd(localTime(collection), columns),
    ...failureLine(collection, columns, paint),
    ...statisticsTable({ ...view, knownOnly: true }, columns, paint),
  ];
  if (lines.length <= rows) return lines;
  const shown = lines.slice(0, rows - 1);
  return [...shown, cutEnd(`… ${lines.length - shown.length} more lines`, columns)];
}
