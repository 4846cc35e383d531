// The recorded ephemeral port ranges.

import type { EphemeralRange, PortRange } from '../../model/ephemeral.ts';
import { ADDRESS_FAMILIES, PROTOCOLS } from '../../model/sockets.ts';
import type { LineChecker } from './checks.ts';
import type { LineReader } from './lines.ts';
import { MAX_PORT } from './rows.ts';

/** One for each protocol and family. */
export const MAX_RANGES = PROTOCOLS.length * ADDRESS_FAMILIES.length;

const RANGE_SOURCES = ['config', 'procfs', 'wmi', 'assumed', 'default'] as const;

/** Reads `count` RangeLine lines. */
export function parseRanges(reader: LineReader, count: number): readonly EphemeralRange[] {
  const ranges: EphemeralRange[] = [];
  for (let i = 0; i < count; i++) {
    const { checker, value } = reader.next();
    const range = parseRange(checker, checker.record(value));
    const { protocol, family } = range;
    if (ranges.some((other) => other.protocol === protocol && other.family === family)) {
      checker.fail(`there is a range of ${protocol} over ${family} already`);
    }
    ranges.push(range);
  }
  return ranges;
}

function parseRange(checker: LineChecker, line: Readonly<Record<string, unknown>>): EphemeralRange {
  const ports = parsePorts(checker, [line['first'], line['last']]);
  return {
    protocol: checker.oneOf(line['range'], 'range', PROTOCOLS),
    family: checker.oneOf(line['family'], 'family', ADDRESS_FAMILIES),
    source: checker.oneOf(line['source'], 'source', RANGE_SOURCES),
    ...ports,
    reserved: parseReserved(checker, checker.list(line['reserved'], 'reserved'), ports),
  };
}

/** Apart and inside of the range, so that what is left of it can be counted. */
function parseReserved(checker: LineChecker, pairs: readonly unknown[], range: PortRange): readonly PortRange[] {
  let lowest = range.first;
  return pairs.map((pair) => {
    const reserved = parsePorts(checker, checker.list(pair, 'reserved'));
    if (reserved.first < lowest || reserved.last > range.last) {
      checker.fail(`the reserved ports should be inside of ${range.first}-${range.last}, ascending and each only once`);
    }
    lowest = reserved.last + 1;
    return reserved;
  });
}

function parsePorts(checker: LineChecker, [first, last]: readonly unknown[]): PortRange {
  const range = { first: checker.integer(first, 'first', MAX_PORT), last: checker.integer(last, 'last', MAX_PORT) };
  if (range.first > range.last) checker.fail(`the range ${range.first}-${range.last} ends before it begins`);
  return range;
}
