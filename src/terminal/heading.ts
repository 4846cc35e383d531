// What stands above a listing that is shown again and again: when it was read, what it counts, and what it lacks.

import { escapeControls } from '../config/escape.ts';
import { COUNTED } from '../views/counts.ts';
import type { CollectionInfo, Counts } from '../views/endpoint.ts';
import type { FilterTexts } from '../views/selection/filter-parameters.ts';
import type { Paint } from './paint.ts';
import { cutEnd } from './text-width.ts';

export interface Heading {
  readonly collection: CollectionInfo;
  /** Of the endpoints that are listed. */
  readonly counts: Counts;
  readonly filter: FilterTexts;
}

/** One to three lines: time and counts, the filter where there is one, what could not be read where something could not. */
export function headingLines({ collection, counts, filter }: Heading, width: number, paint: Paint): readonly string[] {
  const options = filterText(filter);
  return [
    cutEnd(`${localTime(collection)}  ${countsText(counts)}`, width),
    ...(options === '' ? [] : [cutEnd(options, width)]),
    ...failureLine(collection, width, paint),
  ];
}

/** None where all was read. */
export function failureLine({ failed }: CollectionInfo, width: number, paint: Paint): readonly string[] {
  const parts = failed.map(({ part, code }) => `${part} (${code})`);
  return parts.length === 0 ? [] : [paint('failure', cutEnd(`not read: ${parts.join(', ')}`, width))];
}

/** When reading began, by the clock of this host: `2026-11-21 12:00:00`. */
export function localTime(collection: CollectionInfo): string {
  const time = new Date(collection.time);
  const two = (value: number): string => String(value).padStart(2, '0');
  const date = [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())].join('-');
  return `${date} ${[time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join(':')}`;
}

function countsText(counts: Counts): string {
  const counted = COUNTED.flatMap((kind) => {
    const count = counts[kind] ?? 0;
    return count === 0 ? [] : [`${count} ${kind}`];
  });
  return counted.length === 0 ? 'no endpoints' : counted.join(', ');
}

/** As it would be given on the command line. */
function filterText(filter: FilterTexts): string {
  const options = Object.entries(filter).flatMap(([name, texts]) => texts.map((text) => `--${name}=${text}`));
  return escapeControls(options.join(' '));
}
