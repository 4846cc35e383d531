// The alerts on the exporter itself: what it does not tell, no other alert can.
import type { Promql } from '../queries/promql.ts';
import { type Alert, labelValue } from './rule.ts';

const BLIND = 'nobody is cut off by it; but the other alerts see nothing, or not all, meanwhile';

export function exporterAlerts(promql: Promql): readonly Alert[] {
  return [down(promql), collectionFailing(promql), collectionStale(promql), collectionsSkipped(promql), push(promql)];
}

function down(promql: Promql): Alert {
  const { series, by, on, dialect } = promql;
  const timestamp = series('netstat_exporter_collection_timestamp_seconds');
  // Known by its metrics: its job may be called anything. What is pushed has no `up`; it is just not there any more.
  const isDown = dialect.name === 'scraped' ? `and ${on('host')}\n  up == 0` : `unless ${on('host')}\n  ${timestamp}`;
  return {
    name: 'NetstatExporterDown',
    severity: 'warning',
    severityReason: BLIND,
    condition:
      'an exporter that was there within the last day cannot be scraped, or does not push any more, for 5 minutes',
    expr: `time() - max ${by('host')} (last_over_time(${timestamp}[1d]))
${isDown}`,
    forMinutes: 5,
    summary: `The exporter of ${labelValue(promql, 'host')} is down`,
    description: `Nothing has been heard of the exporter of ${labelValue(promql, 'host')} (job {{ $labels.job }}) for {{ $value | humanizeDuration }}.`,
  };
}

function collectionFailing(promql: Promql): Alert {
  const { series, by } = promql;
  return {
    name: 'NetstatCollectionFailing',
    severity: 'warning',
    severityReason: BLIND,
    condition: 'a part of the host cannot be read for 10 minutes',
    expr: `min ${by('host', 'part')} (${series('netstat_exporter_collection_success')}) == 0`,
    forMinutes: 10,
    summary: `The exporter of ${labelValue(promql, 'host')} cannot read ${labelValue(promql, 'part')}`,
    description: `The exporter of ${labelValue(promql, 'host')} cannot read ${labelValue(promql, 'part')}. All metrics that need it are absent.`,
  };
}

function collectionStale(promql: Promql): Alert {
  const { series, by } = promql;
  return {
    name: 'NetstatCollectionStale',
    severity: 'warning',
    severityReason: BLIND,
    condition: 'the last collection is older than 3 minutes, for 5 minutes',
    expr: `time() - max ${by('host')} (${series('netstat_exporter_collection_timestamp_seconds')}) > 180`,
    forMinutes: 5,
    summary: `The exporter of ${labelValue(promql, 'host')} collects nothing any more`,
    description: `The last collection of the exporter of ${labelValue(promql, 'host')} is {{ $value | humanizeDuration }} old. The exporter itself is there.`,
  };
}

function collectionsSkipped(promql: Promql): Alert {
  const { series, by } = promql;
  return {
    name: 'NetstatCollectionsSkipped',
    severity: 'warning',
    severityReason: 'the metrics are right, and only older than they should be',
    condition: 'collections skipped in the last 10 minutes, for 15 minutes',
    expr: `sum ${by('host')} (increase(${series('netstat_exporter_collections_skipped_total')}[10m])) > 0`,
    forMinutes: 15,
    summary: `Collections on ${labelValue(promql, 'host')} take longer than their interval`,
    description: `Collections that the exporter of ${labelValue(promql, 'host')} skipped in the last 10 minutes, because the one before had not returned: {{ $value | printf "%.0f" }}.`,
  };
}

function push(promql: Promql): Alert {
  const { series, by } = promql;
  const exportsOf = (counter: string): string => `sum ${by('host')} (rate(${counter}[30m]))`;
  return {
    name: 'NetstatPushFailing',
    severity: 'warning',
    severityReason: 'nobody is cut off by it; but whoever reads what is pushed sees nothing, or not all, meanwhile',
    condition: 'more than 10 % of the OTLP pushes of the last 30 minutes not taken, or not as a whole, for 10 minutes',
    expr: `${exportsOf(series('netstat_exporter_otlp_exports_total', { result: { operator: '!=', value: 'success' } }))}
  / ${exportsOf(series('netstat_exporter_otlp_exports_total'))}
  > 0.1`,
    forMinutes: 10,
    summary: `OTLP pushes of ${labelValue(promql, 'host')} fail`,
    description: `{{ $value | humanizePercentage }} of the OTLP pushes of ${labelValue(promql, 'host')} in the last 30 minutes were not taken, or not as a whole.`,
  };
}
