// The line of the fleet on the exporters: which versions they are, and what they cannot read.
import { LocaleFormat } from '@grafana/grafana-foundation-sdk/units';
import type { Line } from '../../grafana/dashboard.ts';
import { timeseries } from '../../grafana/panels.ts';
import { table } from '../../grafana/tables.ts';
import type { Promql } from '../../queries/promql.ts';

export function exporters({ series, by, legend, label }: Promql): Line {
  return {
    title: 'Exporters',
    height: 8,
    panels: [
      [
        14,
        timeseries({
          title: 'Hosts by the part that they cannot read',
          description:
            'Normally 0 for all. One part on many hosts: a privilege that they lack, or a version of the OS that does not have it; docs/linux.md and docs/windows.md tell what each part needs.',
          unit: LocaleFormat,
          queries: [
            {
              expr: `sum ${by('part')} (1 - ${series('netstat_exporter_collection_success')})`,
              legend: legend('part'),
            },
          ],
        }),
      ],
      [
        10,
        table({
          title: 'Versions',
          description: 'The exporters by their version and platform. An old one that is left over: update it.',
          keys: [
            { header: 'Version', label: label('version') },
            { header: 'Platform', label: label('platform'), widthPixels: 110 },
            { header: 'Node.js', label: label('node_version'), widthPixels: 90 },
          ],
          values: [
            {
              header: 'Hosts',
              expr: `count ${by('version', 'platform', 'node_version')} (${series('netstat_exporter_build_info')})`,
              widthPixels: 80,
            },
          ],
          sortedBy: 'Hosts',
        }),
      ],
    ],
  };
}
