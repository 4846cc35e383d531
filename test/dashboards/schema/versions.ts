// The versions of Grafana whose own types the dashboards are checked against.
import { join } from 'node:path';
import { PROJECT } from '../../../scripts/run-command.ts';
import { compile } from './compiler.ts';

interface Version {
  readonly name: '10.4' | '13.2';
  /** What package.json calls this version of @grafana/schema. */
  readonly schema: string;
}

export const VERSIONS: readonly Version[] = [
  { name: '10.4', schema: 'grafana-schema-10' },
  { name: '13.2', schema: 'grafana-schema-13' },
];

/** The name of the text that has the version's types. */
const TYPES = 'grafana';

/** What the compiler says of dashboards, by their names, as this version has them. Throws where the version's types do not compile. */
export function errorsOf(
  version: Version,
  dashboards: Readonly<Record<string, string>>,
): Readonly<Record<string, readonly string[]>> {
  const texts = Object.entries(dashboards).map(([name, json]) => [name, dashboardText(json)] as const);
  const { [TYPES]: errorsOfTypes = [], ...errors } = compile(
    { ...Object.fromEntries(texts), [TYPES]: typesText(version) },
    {
      // The paths within 10.4 lead to no file where imports have to name their extensions.
      compilerOptions: { module: 'preserve', moduleResolution: 'bundler' },
      packages: { '@grafana/schema': join(PROJECT, 'node_modules', version.schema) },
    },
  );
  if (errorsOfTypes.length > 0) {
    throw new Error(`the types of ${version.schema} do not compile: ${errorsOfTypes.join('\n')}`);
  }
  return errors;
}

function dashboardText(json: string): string {
  return `import type { GrafanaDashboard } from './${TYPES}.mts';\nexport const dashboard: GrafanaDashboard = ${json};\n`;
}

/** The options of each kind of panel are in a file of their own, which both versions call alike. */
function typesText({ name }: Version): string {
  const panels = '@grafana/schema/dist/esm/raw/composable';
  return `import type * as schema from '@grafana/schema';
import type * as stat from '${panels}/stat/panelcfg/x/StatPanelCfg_types.gen';
import type * as table from '${panels}/table/panelcfg/x/TablePanelCfg_types.gen';
import type * as timeseries from '${panels}/timeseries/panelcfg/x/TimeSeriesPanelCfg_types.gen';
import type { DashboardOf } from '${join(PROJECT, 'test/dashboards/schema/grafana-dashboard.ts')}';

interface Types {
  Dashboard: schema.Dashboard;
  FieldConfigSource: schema.FieldConfigSource;
  Panel: schema.Panel;
  RowPanel: schema.RowPanel;
  VariableModel: schema.VariableModel;
}
type Panels = {
  stat: { Options: stat.Options; FieldConfig: never };
  table: { Options: table.Options; FieldConfig: table.FieldConfig };
  timeseries: { Options: timeseries.Options; FieldConfig: timeseries.FieldConfig };
};
export type GrafanaDashboard = DashboardOf<'${name}', Types, Panels>;
`;
}
