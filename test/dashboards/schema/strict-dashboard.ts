// The JSON of a dashboard as types: the SDK's, with those of each kind of panel where the SDK has `any`.
import type * as bargauge from '@grafana/grafana-foundation-sdk/bargauge';
import type * as sdk from '@grafana/grafana-foundation-sdk/dashboard';
import type * as prometheus from '@grafana/grafana-foundation-sdk/prometheus';
import type * as stat from '@grafana/grafana-foundation-sdk/stat';
import type * as table from '@grafana/grafana-foundation-sdk/table';
import type * as text from '@grafana/grafana-foundation-sdk/text';
import type * as timeseries from '@grafana/grafana-foundation-sdk/timeseries';
import type { Plain } from './plain.ts';

/** The SDK takes any: we have but the one that is chosen at the top of the dashboard. */
export interface ChosenDataSource {
  type: 'prometheus';
  uid: '${datasource}';
}

/** A link of a cell (Grafana, "Data links"). The SDK has the links of dashboards here, which have other fields. */
export interface DataLink {
  title: string;
  url: string;
}

interface Defaults<Custom> extends Omit<Plain<sdk.FieldConfig>, 'custom' | 'links'> {
  custom?: Partial<Custom>;
  links?: DataLink[];
}

/** What an override sets: a field of the defaults, or one of the panel's own. */
type Property<Fields, Prefix extends string> = {
  [Key in keyof Fields & string]-?: { id: `${Prefix}${Key}`; value: Exclude<Fields[Key], undefined> };
}[keyof Fields & string];

interface Override<Custom> {
  matcher: { id: 'byName'; options: string };
  properties: (Property<Omit<Defaults<Custom>, 'custom'>, ''> | Property<Custom, 'custom.'>)[];
}

/** Those that our panels use, with their options (Grafana, "Transform data"). */
export type Transformation =
  | { id: 'merge'; options: Record<string, never> }
  | {
      id: 'organize';
      options: {
        excludeByName: Record<string, boolean>;
        indexByName: Record<string, number>;
        renameByName: Record<string, string>;
      };
    };

export interface Target extends Omit<Plain<prometheus.Dataquery>, 'datasource' | 'refId'> {
  refId: string;
  datasource?: ChosenDataSource;
}

type SpecificFields = 'type' | 'datasource' | 'options' | 'fieldConfig' | 'targets' | 'transformations';

interface QueryPanel<Type extends string, Options, Custom> extends Omit<Plain<sdk.Panel>, SpecificFields> {
  type: Type;
  id: number;
  title: string;
  gridPos: Plain<sdk.GridPos>;
  datasource: ChosenDataSource;
  targets: Target[];
  options: Plain<Options>;
  fieldConfig: { defaults: Defaults<Plain<Custom>>; overrides: Override<Plain<Custom>>[] };
  transformations?: Transformation[];
}

export type TablePanel = QueryPanel<'table', table.Options, table.FieldConfig>;
export type DataPanel =
  | QueryPanel<'timeseries', timeseries.Options, timeseries.FieldConfig>
  | QueryPanel<'stat', stat.Options, Record<never, never>>
  | QueryPanel<'bargauge', bargauge.Options, Record<never, never>>
  | TablePanel;

export interface TextPanel extends Omit<Plain<sdk.Panel>, SpecificFields> {
  type: 'text';
  id: number;
  gridPos: Plain<sdk.GridPos>;
  options: Plain<text.Options>;
}

export interface RowPanel extends Omit<Plain<sdk.RowPanel>, 'panels' | 'datasource'> {
  gridPos: Plain<sdk.GridPos>;
  panels: (DataPanel | TextPanel)[];
}

export type AnyPanel = DataPanel | TextPanel | RowPanel;

/** A variable of a query says it twice, once for the editor (Grafana's Prometheus data source, `PromVariableQuery`). */
export interface Variable extends Omit<Plain<sdk.VariableModel>, 'query' | 'datasource'> {
  query: string | { query: string; refId: string };
  datasource?: ChosenDataSource;
}

export interface StrictDashboard extends Omit<Plain<sdk.Dashboard>, 'panels' | 'templating'> {
  uid: string;
  title: string;
  description: string;
  panels: AnyPanel[];
  templating: { list: Variable[] };
}
