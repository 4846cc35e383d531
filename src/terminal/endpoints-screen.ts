// Endpoints on a screen: what is to be known of all of them, and as many of them as fit.

import type { Endpoint } from '../views/endpoint.ts';
import { type Heading, headingLines } from './heading.ts';
import { listEndpoints } from './listing.ts';
import type { Paint } from './paint.ts';
import type { ScreenSize } from './screen.ts';
import { cutEnd } from './text-width.ts';

export interface EndpointsScreen extends Heading {
  /** How many endpoints fit the filter. */
  readonly total: number;
  /** The first so many of them. */
  readonly first: (count: number) => readonly Endpoint[];
}

/** At most as many lines as the terminal has, none longer than it is wide: as many endpoints as fit, and how many more there are. */
export function endpointsScreen(
  { total, first, ...heading }: EndpointsScreen,
  { columns, rows }: ScreenSize,
  paint: Paint,
): readonly string[] {
  const lines = headingLines(heading, columns, paint);
  // The line of the columns' headings, and perhaps the one that says how many more there are.
  const room = Math.max(0, rows - lines.length - 1);
  const count = total <= room ? total : Math.max(0, room - 1);
  const listing = listEndpoints(first(count), { width: columns, marksChanges: true, paint });
  const more = count < total ? [cutEnd(`… ${total - count} more`, columns)] : [];
  return [...lines, ...listing, ...more].slice(0, rows);
}
