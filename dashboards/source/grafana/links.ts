// Where one gets from a dashboard: from a value of a table, and from the top.
import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import { type DashboardLink, DashboardLinkBuilder, DashboardLinkType } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Dialect } from '../queries/dialect.ts';
import { CHOSEN_VARIABLES, type ChosenVariable, type DashboardName, entryOf, uidOf } from './directory.ts';

/** The variables that a link sets, each to the value in this column of the clicked row. */
type Chosen = Readonly<Partial<Record<ChosenVariable, string>>>;

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

/**
 * From the top of a dashboard to another one, with what is chosen, as far as it can be chosen there: several hosts are none
 * where there is to be one.
 */
export function linkBetween(dialect: Dialect, from: DashboardName, to: DashboardName): Builder<DashboardLink> {
  const [here, there] = [entryOf(from).choices, entryOf(to).choices];
  const kept = CHOSEN_VARIABLES.filter(
    (variable) => here[variable] !== undefined && (there[variable] === 'many' || here[variable] === there[variable]),
  );
  const parameters = ['datasource', 'job', ...kept].map((variable) => `\${${variable}:queryparam}`);
  return new DashboardLinkBuilder(entryOf(to).title)
    .type(DashboardLinkType.Link)
    .icon('dashboard')
    .url(`/d/${uidOf(dialect, to)}?${parameters.join('&')}`)
    .keepTime(true);
}
