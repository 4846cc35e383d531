// What can be chosen at the top of a dashboard.
import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  type VariableModel,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard';
import type { MetricName } from '../../../src/metrics/catalogue.ts';
import type { Dialect } from '../queries/dialect.ts';
import { not, promqlOf } from '../queries/promql.ts';
import type { Choice, ChosenVariable } from './directory.ts';

/** Whichever the user has chosen: a dashboard names none. */
export const DATASOURCE = { type: 'prometheus', uid: '${datasource}' } as const;

/** Also stands for series without the label: a store that has no jobs is asked for all. */
const ALL = '.*';
const ALL_CHOSEN = { text: 'All', value: '$__all' };

/** The matchers of every selector of a dashboard with the variables job and instance. */
export function hostMatchers({ hostLabel }: Dialect, choice: Choice = 'many'): readonly string[] {
  return ['job=~"$job"', `${hostLabel}${choosing(choice, 'instance')}`];
}

/** Grafana escapes a value for a regular expression only where there may be several. */
export function choosing(choice: Choice, variable: ChosenVariable): string {
  return choice === 'one' ? `="$${variable}"` : `=~"$${variable}"`;
}

/** The data source, the job, and what can be chosen on this dashboard. */
export function variablesOf(
  dialect: Dialect,
  { instance, process, port }: Readonly<Partial<Record<ChosenVariable, Choice>>>,
): Builder<VariableModel>[] {
  return [
    datasourceVariable(),
    jobVariable(dialect),
    ...(instance === undefined ? [] : [choose(instance, instanceVariable(dialect))]),
    ...(process === undefined ? [] : [choose(process, processVariable(dialect))]),
    ...(port === undefined ? [] : [choose(port, portVariable(dialect))]),
  ];
}

function choose(choice: Choice, variable: QueryVariableBuilder): QueryVariableBuilder {
  return choice === 'one' ? variable : all(variable).multi(true);
}

function datasourceVariable(): Builder<VariableModel> {
  return new DatasourceVariableBuilder('datasource').label('Data source').type('prometheus');
}

/** The jobs that have our metrics. */
function jobVariable(dialect: Dialect): Builder<VariableModel> {
  const { series } = promqlOf(dialect);
  return all(valuesVariable('job', 'Job', `label_values(${series('netstat_process_tcp_connections')}, job)`));
}

function instanceVariable(dialect: Dialect): QueryVariableBuilder {
  const { series } = promqlOf(dialect, ['job=~"$job"']);
  const query = `label_values(${series('netstat_process_tcp_connections')}, ${dialect.hostLabel})`;
  return valuesVariable('instance', 'Host', query);
}

/** The processes with a TCP or a UDP endpoint. */
function processVariable(dialect: Dialect): QueryVariableBuilder {
  const names = ['netstat_process_tcp_connections', 'netstat_process_udp_endpoints'] as const;
  const selector = anyOf(dialect, names, hostMatchers(dialect));
  return valuesVariable('process', 'Process', `label_values(${selector}, ${dialect.label('process')})`);
}

/** Ports that have series of their own. */
function portVariable(dialect: Dialect): QueryVariableBuilder {
  const names = ['netstat_port_tcp_connections', 'netstat_port_udp_endpoints'] as const;
  const own = dialect.matcher('port', not('_other'));
  const selector = anyOf(dialect, names, [...hostMatchers(dialect), own]);
  const query = `label_values(${selector}, ${dialect.label('port')})`;
  return valuesVariable('port', 'Port', query).sort(VariableSort.NumericalAsc);
}

/** A selector of several metrics, which are to be told by their names alone. */
function anyOf(dialect: Dialect, names: readonly MetricName[], matchers: readonly string[]): string {
  const anyName = names.map((name) => dialect.metric(name).name).join('|');
  return `{${[`__name__=~"${anyName}"`, ...matchers, dialect.ownMatcher].join(', ')}}`;
}

function valuesVariable(name: string, title: string, query: string): QueryVariableBuilder {
  return new QueryVariableBuilder(name)
    .label(title)
    .datasource(DATASOURCE)
    .query({ query, refId: 'PrometheusVariableQueryEditor-VariableQuery' })
    .definition(query)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalCaseInsensitiveAsc);
}

function all(variable: QueryVariableBuilder): QueryVariableBuilder {
  return variable.includeAll(true).allValue(ALL).current(ALL_CHOSEN);
}
