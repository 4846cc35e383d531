// The lines of the host overview on the exporter itself: whether it could read all parts, and who gets its metrics.
import { CountsPerSecond, LocaleFormat, Seconds } from '@grafana/grafana-foundation-sdk/units';
import type { Line } from '../../grafana/dashboard.ts';
import { timeseries } from '../../grafana/panels.ts';
import { rate } from '../../queries/expressions.ts';
import type { Promql } from '../../queries/promql.ts';

export function collection({ series, by, legend }: Promql): Line {
  const timestamp = series('netstat_exporter_collection_timestamp_seconds');
  return {
    title: 'Collection',
    height: 8,
    panels: [
      timeseries({
        title: 'Parts that could not be read',
        description:
          'What stands here is missing in the panels above. The log and netstat_exporter_collection_errors_total tell the code that the OS gave.',
        unit: LocaleFormat,
        queries: [
          {
            expr: `sum ${by('part')} (1 - ${series('netstat_exporter_collection_success')})`,
            legend: legend('part'),
          },
        ],
      }),
      timeseries({
        title: 'Age of the last collection',
        description:
          'Normally below the interval of collecting and that of scraping together. Growing: a call into the OS hangs, and after three intervals the host has no metrics at all.',
        unit: Seconds,
        // A push each minute, of a snapshot that is as old as the interval of collecting, is in order.
        limits: { warning: 120, critical: 300 },
        queries: [{ legend: 'age', expr: `time() - max(${timestamp})` }],
      }),
      timeseries({
        title: 'Duration by part',
        description: 'How long reading takes. It grows with the number of endpoints and processes.',
        unit: Seconds,
        isStacked: true,
        queries: [
          {
            expr: `sum ${by('part')} (${series('netstat_exporter_collection_duration_seconds')})`,
            legend: legend('part'),
          },
        ],
      }),
    ],
  };
}

export function delivery({ series, by, legend }: Promql): Line {
  return {
    height: 8,
    panels: [
      timeseries({
        title: 'Scrapes and pushes',
        description:
          'Requests answered by status code, and pushes by their result where there is a push. Failures: the log has the reason, once.',
        unit: CountsPerSecond,
        queries: [
          {
            expr: `sum ${by('code')} (${rate(series('netstat_exporter_http_requests_total'))})`,
            legend: `HTTP ${legend('code')}`,
          },
          {
            expr: `sum ${by('result')} (${rate(series('netstat_exporter_otlp_exports_total'))})`,
            legend: `push ${legend('result')}`,
          },
        ],
      }),
      timeseries({
        title: 'Groups beyond a limit',
        description:
          'Processes, ports and destinations that are counted in _other, and listeners that are left out. Above 0: raise the limit if what you look for is not shown, and see `metrics --limits` for what that costs.',
        unit: LocaleFormat,
        queries: [
          { expr: `sum ${by('group')} (${series('netstat_exporter_folded_groups')})`, legend: legend('group') },
        ],
      }),
      timeseries({
        title: 'Collections skipped',
        description:
          'Collections that were due while the one before had not returned. More than a few: the interval is too short for this host, or a call into the OS hangs.',
        unit: CountsPerSecond,
        queries: [{ legend: 'skipped', expr: `sum(${rate(series('netstat_exporter_collections_skipped_total'))})` }],
      }),
    ],
  };
}
