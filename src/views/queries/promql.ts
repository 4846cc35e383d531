// Selectors of PromQL.

import { escapeControls } from '../../config/escape.ts';
import type { MetricName } from '../../metrics/catalogue.ts';

/**
 * `name{label="value", other=""}`, fit for one line. Empty values are matched, too: to Prometheus that is a label which
 * is not there, and other series have it.
 */
export function selector(name: MetricName, labels: readonly (readonly [label: string, value: string])[]): string {
  return `${name}{${labels.map(([label, value]) => `${label}=${stringLiteral(value)}`).join(', ')}}`;
}

const REPLACEMENT = '\ufffd';

/**
 * In double quotes, with the escapes of Go, of which `\uXXXX` is one (Prometheus, "Querying basics", string literals): so
 * what does not fit a line is asked for all the same. The replacement character, which stands in names for what was
 * broken, has to be escaped: Prometheus takes it for broken UTF-8 itself.
 */
function stringLiteral(value: string): string {
  const escaped = value.replaceAll(/["\\]/g, '\\$&').replaceAll(REPLACEMENT, '\\ufffd');
  return `"${escapeControls(escaped)}"`;
}
