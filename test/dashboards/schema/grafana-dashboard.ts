// A dashboard as a version of Grafana has it: its types leave the options of panels open, and have those of each kind apart.
import type { Plain } from './plain.ts';

/** Options that others than this version ask for or write. With these values they mean nothing to any. */
interface Additions {
  /** 11.6 and later ask for it. */
  '10.4': { stat: { percentChangeColorMode: 'standard' } };
  /** 11.6 has it still; 12.4 has it with the columns. The old one is taken away (`migrateFooterV2` of Grafana's table panel). */
  '13.2': { table: { footer: { show: false; reducer: []; countRows: false } } };
}

/** The query as the list of variables shows it. Grafana writes it into classic dashboards; only its schema v2 has it. */
interface VariableAdditions {
  definition?: string;
}

/** By the names that @grafana/schema has for them. */
interface Types {
  Dashboard: object;
  FieldConfigSource: { defaults: object };
  Panel: object;
  RowPanel: object;
  VariableModel: object;
}

/** By kind of panel. `FieldConfig` is what `custom` has; never for none. */
type PanelTypes = Record<string, { Options: object; FieldConfig: object }>;

type FieldConfigOf<Source extends Types['FieldConfigSource'], FieldConfig> = Omit<Source, 'defaults'> & {
  defaults: Omit<Source['defaults'], 'custom'> & { custom?: Partial<FieldConfig> };
};

type OptionsOf<Options, Version extends keyof Additions, Kind> = Kind extends keyof Additions[Version]
  ? Options & Additions[Version][Kind]
  : Options;

type DataPanelOf<Version extends keyof Additions, T extends Types, Panels extends PanelTypes> = {
  [Kind in keyof Panels]: Omit<T['Panel'], 'type' | 'options' | 'fieldConfig'> & {
    type: Kind;
    options: OptionsOf<Panels[Kind]['Options'], Version, Kind>;
    fieldConfig: FieldConfigOf<T['FieldConfigSource'], Panels[Kind]['FieldConfig']>;
  };
}[keyof Panels];

/** Nothing in it may be what the version does not know. Overrides, queries and transformations are open, as they are there. */
export type DashboardOf<Version extends keyof Additions, T extends Types, Panels extends PanelTypes> = Plain<
  Omit<T['Dashboard'], 'panels' | 'schemaVersion' | 'templating'> & {
    /** That of Grafana 10.0: older servers than the types are of. */
    schemaVersion: 38;
    panels: (
      | DataPanelOf<Version, T, Panels>
      | (Omit<T['RowPanel'], 'panels'> & { panels: DataPanelOf<Version, T, Panels>[] })
    )[];
    templating: { list: (T['VariableModel'] & VariableAdditions)[] };
  }
>;
