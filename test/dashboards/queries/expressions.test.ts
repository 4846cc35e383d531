// World: none. Expressions that several dashboards share: what they say, and that both dialects can say it.
import { describe, expect, it } from 'vitest';
import { DIALECT_NAMES, DIALECTS } from '../../../dashboards/source/queries/dialect.ts';
import {
  among,
  ephemeralShare,
  oldestCloseWait,
  orZero,
  rate,
  retransmittedShare,
  share,
  wasRead,
} from '../../../dashboards/source/queries/expressions.ts';
import { type Promql, promqlOf } from '../../../dashboards/source/queries/promql.ts';
import { EXPRESSION_CHECKS, type ExpressionCheck } from '../promql/checks.ts';
import { resultLabels } from '../promql/result-labels.ts';
import { parsePromql } from '../promql/tree.ts';
import { vocabularyOf } from '../promql/vocabulary.ts';

const scraped = promqlOf(DIALECTS.scraped);

/** Of what has labels, with and without a grouping. */
const SHARED: Readonly<Record<string, (promql: Promql, grouping?: string) => string>> = {
  ephemeralShare,
  oldestCloseWait,
  retransmittedShare: (promql, grouping) => retransmittedShare(promql, grouping, '5m'),
};

describe.each(DIALECT_NAMES)('in the dialect %s', (name) => {
  const promql = promqlOf(DIALECTS[name]);
  const vocabulary = vocabularyOf(name);
  const problemsOf = (expr: string): readonly string[] =>
    Object.values(EXPRESSION_CHECKS).flatMap((check: ExpressionCheck) => check(parsePromql(expr), vocabulary));
  const labelsOf = (expr: string): readonly string[] => [...resultLabels(parsePromql(expr), vocabulary)];

  it.each(Object.entries(SHARED))('%s is right, for all hosts together and by host', (_, expression) => {
    const grouped = expression(promql, promql.by('host'));
    expect([...problemsOf(expression(promql)), ...problemsOf(grouped)]).toEqual([]);
    expect(labelsOf(expression(promql))).toEqual([]);
    expect(labelsOf(grouped)).toEqual(['job', DIALECTS[name].hostLabel]);
  });

  it('a part that was read is right, and is of a host', () => {
    const read = wasRead(promql, 'netstat_process_udp_endpoints');
    expect(problemsOf(read)).toEqual([]);
    expect(labelsOf(read)).toEqual(['job', DIALECTS[name].hostLabel]);
  });
});

describe('a rate', () => {
  it('is over as long as Grafana says, or as the caller does', () => {
    expect(rate('requests_total')).toBe('rate(requests_total[$__rate_interval])');
    expect(rate('requests_total', '1h')).toBe('rate(requests_total[1h])');
  });
});

describe('a share', () => {
  it('is 0 of nothing, and no division by it', () => {
    expect(share('part', 'whole')).toBe('part / (whole > 0) or 0 * whole');
  });

  it('of segments is of those sent', () => {
    const sent = 'sum(rate(netstat_tcp_segments_sent_total{host_name=""}[5m]))';
    const again = 'sum(rate(netstat_tcp_segments_retransmitted_total{host_name=""}[5m]))';
    expect(retransmittedShare(scraped, '', '5m')).toBe(`${again} / (${sent} > 0) or 0 * ${sent}`);
  });

  it('of ephemeral ports is that of the fullest range', () => {
    expect(ephemeralShare(scraped, 'by (protocol)')).toBe(
      'max by (protocol) (netstat_ephemeral_ports_used{host_name=""} / netstat_ephemeral_port_range_ports{host_name=""})',
    );
  });
});

describe('a zero', () => {
  it('stands where something was read, and nothing counted', () => {
    expect(orZero('counted', 'read')).toBe('counted or max(0 * read)');
    expect(orZero('counted', 'read', 'by (job)')).toBe('counted or max by (job) (0 * read)');
  });

  it('is the age of the oldest CLOSE_WAIT where there is none', () => {
    expect(oldestCloseWait(scraped)).toBe(
      'max(netstat_process_close_wait_oldest_seconds{host_name=""}) or ' +
        'max(0 * netstat_process_tcp_connections{host_name="", state="close_wait"})',
    );
  });

  it('is told of a metric only where all parts that it needs were read, and are still shown', () => {
    expect(wasRead(scraped, 'netstat_process_udp_endpoints')).toBe(
      '(min by (job, instance) (netstat_exporter_collection_success{host_name="", part=~"udp4|udp6|processes"}) == 1' +
        ' and on (job, instance) netstat_tcp_connections{host_name=""})',
    );
  });
});

describe('the greatest', () => {
  it('are chosen by another expression', () => {
    expect(among('up', 'on (job)', 'sum by (job) (up)')).toBe('(up) and on (job) topk(100, sum by (job) (up))');
  });
});
