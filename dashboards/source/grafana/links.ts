// Where a click on a value of a table leads: to another dashboard, of the same hosts and time.

import type { Dialect } from '../queries/dialect.ts';
import { type DashboardName, uidOf } from './dashboard.ts';

/** The variables that a link sets, each to the value in this column of the clicked row. */
type Chosen = Readonly<Partial<Record<'instance' | 'process' | 'port', string>>>;

/** With the data source and the job of this dashboard, and its hosts where the link chooses none (Grafana, "URL variables"). */
export function linkTo(dialect: Dialect, name: DashboardName, chosen: Chosen): string {
  const kept = chosen.instance === undefined ? ['datasource', 'job', 'instance'] : ['datasource', 'job'];
  const parameters = [
    ...kept.map((variable) => `\${${variable}:queryparam}`),
    ...Object.entries(chosen).map(
      ([variable, header]) => `var-${variable}=\${__data.fields["${header}"]:percentencode}`,
    ),
    '${__url_time_range}',
  ];
  return `/d/${uidOf(dialect, name)}?${parameters.join('&')}`;
}
