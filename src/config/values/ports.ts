// Lists and ranges of ports: `80,443,8000-8100` and `49152-65535`.

import { ValueError } from '../error.ts';

export interface PortRange {
  readonly first: number;
  /** Inclusive. */
  readonly last: number;
}

export const MAXIMUM_PORT = 65_535;
const PORTS = /^(\d{1,5})(?:-(\d{1,5}))?$/;
const ALLOWED_LIST = `ports from 1 to ${MAXIMUM_PORT} and ranges of them, with commas between: 80,443,8000-8100`;
const ALLOWED_RANGE = `a first and a last port from 1 to ${MAXIMUM_PORT}: 49152-65535`;

/** At least one range, in the order written, overlaps and all; a single port is a range of one. Throws ValueError. */
export function parsePorts(text: string): readonly PortRange[] {
  return Object.freeze(
    text.split(',').map((item) => {
      const range = parseItem(item.trim());
      if (range === undefined) throw new ValueError('is not a list of ports', ALLOWED_LIST);
      return range;
    }),
  );
}

/** The text that parses to the same ranges. */
export function formatPorts(ranges: readonly PortRange[]): string {
  return ranges.map(({ first, last }) => (first === last ? String(first) : `${first}-${last}`)).join(',');
}

/** Exactly one range, `first-last`. Throws ValueError. */
export function parsePortRange(text: string): PortRange {
  const range = text.includes('-') ? parseItem(text) : undefined;
  if (range === undefined) throw new ValueError('is not a range of ports', ALLOWED_RANGE);
  return range;
}

function parseItem(text: string): PortRange | undefined {
  const [, firstText, lastText = firstText] = PORTS.exec(text) ?? [];
  const first = Number(firstText);
  const last = Number(lastText);
  return first >= 1 && first <= last && last <= MAXIMUM_PORT ? Object.freeze({ first, last }) : undefined;
}
