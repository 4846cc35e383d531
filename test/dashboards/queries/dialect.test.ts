// World: none. What metrics and labels are called in both dialects.
import { describe, expect, it } from 'vitest';
import { DIALECTS, type Label } from '../../../dashboards/source/queries/dialect.ts';
import { definitionOf, METRIC_NAMES } from '../../../src/metrics/catalogue.ts';
import { translate } from '../../peers/series.ts';

const LABELS = [...new Set(METRIC_NAMES.flatMap((name) => definitionOf(name).labels))] as readonly Label[];
const { scraped, otlp } = DIALECTS;

describe('as Prometheus scrapes them', () => {
  it.each(METRIC_NAMES)('%s is called as in the catalogue', (name) => {
    expect(scraped.metric(name)).toEqual({ name, matchers: [] });
  });

  it.each(LABELS)('%s is called as in the catalogue', (label) => {
    expect(scraped.label(label)).toBe(label);
    expect(scraped.matcher(label, { operator: '!=', value: '_other' })).toBe(`${label}!="_other"`);
  });
});

describe('as a store has them that they were pushed to', () => {
  it.each(METRIC_NAMES)('%s is called as docs/otlp.md has it', (name) => {
    const series = translate({ name, labels: {}, value: 1 });
    const matchers = Object.entries(series.labels).map(([label, value]) => `${label}="${value}"`);
    expect(otlp.metric(name)).toEqual({ name: series.name, matchers });
  });

  it.each(LABELS)('%s is called as docs/otlp.md has it', (label) => {
    const series = translate({ name: 'any', labels: { [label]: 'value' }, value: 1 });
    expect([otlp.label(label)]).toEqual(Object.keys(series.labels));
    expect(otlp.matcher(label, { operator: '=~', value: 'value' })).toBe(`${otlp.label(label)}=~"value"`);
  });

  it('a folded port is told by what stands in its place, and any other by having a port', () => {
    expect(otlp.matcher('port', { operator: '=', value: '_other' })).toBe('netstat_folded="true"');
    expect(otlp.matcher('port', { operator: '!=', value: '_other' })).toBe('network_local_port!=""');
    expect(otlp.matcher('remote_address', { operator: '!=', value: '_other' })).toBe('network_peer_address!=""');
  });

  it('a folded process is called so, as on /metrics', () => {
    expect(otlp.matcher('process', { operator: '!=', value: '_other' })).toBe('process_executable_name!="_other"');
  });
});

describe('in one store', () => {
  it('what was pushed has the name of a host, and what was scraped has none', () => {
    expect([scraped.ownMatcher, otlp.ownMatcher]).toEqual(['host_name=""', 'host_name!=""']);
    expect([scraped.hostLabel, otlp.hostLabel]).toEqual(['instance', 'host_name']);
  });
});

describe('a value', () => {
  it('has its backslashes doubled, as PromQL wants them within quotes', () => {
    expect(scraped.matcher('process', { operator: '=~', value: 'a\\.exe' })).toBe('process=~"a\\\\.exe"');
  });
});
