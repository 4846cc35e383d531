import { Seconds, Short } from '@grafana/grafana-foundation-sdk/units';
import type { Line } from '../../grafana/dashboard.ts';
import { timeseries } from '../../grafana/panels.ts';
import type { Promql } from '../../queries/promql.ts';

export function health({ series, by, legend }: Promql): Line {
  const timestamp = series('netstat_exporter_collection_timestamp_seconds');
  return {
    title: 'Collection',
    height: 8,
    panels: [
      timeseries({
        title: 'Parts that could not be read',
        description:
          'What stands here is missing in the panels above. The log and netstat_exporter_collection_errors_total tell the code that the OS gave.',
        unit: Short,
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
        limits: { warning: 60, critical: 180 },
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
