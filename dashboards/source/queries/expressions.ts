// Expressions that several dashboards and rules have in common.
import { definitionOf, type MetricName } from '../../../src/metrics/catalogue.ts';
import { matches, type Promql } from './promql.ts';

/** Grafana's: long enough to hold some scrapes, however far one zooms in. */
export function rate(counter: string, window = '$__rate_interval'): string {
  return `rate(${counter}[${window}])`;
}

/** The share that `part` is of `whole`, which has the same labels: 0 where there is nothing to have a share of. */
export function share(part: string, whole: string): string {
  return `${part} / (${whole} > 0) or 0 * ${whole}`;
}

/** The ephemeral ports in use, as a share of their range: of the fullest one, or of the fullest of each group. */
export function ephemeralShare({ series }: Promql, grouping = ''): string {
  const used = series('netstat_ephemeral_ports_used');
  return `max${spaced(grouping)}(${used} / ${series('netstat_ephemeral_port_range_ports')})`;
}

/** Segments that were retransmitted, as a share of those sent. */
export function retransmittedShare({ series }: Promql, grouping = '', window?: string): string {
  const sum = (counter: string): string => `sum${spaced(grouping)}(${rate(counter, window)})`;
  const sent = sum(series('netstat_tcp_segments_sent_total'));
  return share(sum(series('netstat_tcp_segments_retransmitted_total')), sent);
}

/** 0 where no connection is in close_wait, which the metric itself does not say. */
export function oldestCloseWait({ series }: Promql, grouping = ''): string {
  const counted = series('netstat_process_tcp_connections', { state: 'close_wait' });
  const oldest = series('netstat_process_close_wait_oldest_seconds');
  return orZero(`max${spaced(grouping)}(${oldest})`, counted, grouping);
}

/**
 * `counted`, and 0 where it has no series although there is one of `read`: of something that is there whether there is
 * anything to count or not, or of `wasRead`. Both have, or are given, the labels of `grouping`.
 */
export function orZero(counted: string, read: string, grouping = ''): string {
  return `${counted} or max${spaced(grouping)}(0 * ${read})`;
}

/** A series for each host where all parts were read that the metric needs: where it has none, there is nothing to count. */
export function wasRead({ series, by, on }: Promql, name: MetricName): string {
  const part = matches(definitionOf(name).needs.join('|'));
  const success = `min ${by('host')} (${series('netstat_exporter_collection_success', { part })}) == 1`;
  // The success of a collection is told for as long as there is no other, its counts only while they are not too old.
  return `(${success} and ${on('host')} ${series('netstat_tcp_connections')})`;
}

const GREATEST = 100;

/** Of the series of `expr` those of the hundred greatest of `ranking`; `on` says by which labels they are the same. */
export function among(expr: string, on: string, ranking: string): string {
  return `(${expr}) and ${on} topk(${GREATEST}, ${ranking})`;
}

function spaced(grouping: string): string {
  return grouping === '' ? '' : ` ${grouping} `;
}
