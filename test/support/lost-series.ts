// What a failed part takes away, by the catalogue: whole metrics, or the series of one family or protocol.
import { definitionOf, type HostMetricName } from '../../src/metrics/catalogue.ts';
import type { Samples } from '../../src/metrics/samples.ts';
import type { Part } from '../../src/model/snapshot.ts';
import { linesOf } from './samples.ts';

/** The lines of a metric that should be left of these samples when such parts fail. */
export function linesLeft(samples: Samples, name: HostMetricName, failed: readonly Part[]): readonly string[] {
  const { needs, alone = [] } = definitionOf(name);
  const lost = needs.filter((part) => failed.includes(part));
  return linesOf(samples, name).filter((line) => !lost.some((part) => needsPart(line, part, alone)));
}

function needsPart(line: string, part: Part, alone: readonly string[]): boolean {
  const [, protocol, digit] = /^(tcp|udp)(\d)?/.exec(part) ?? [];
  if (alone.includes('protocol') && protocol !== undefined && !line.includes(`protocol="${protocol}"`)) return false;
  return !alone.includes('family') || digit === undefined || line.includes(`family="ipv${digit}"`);
}
