// Reads the dashboards and rules that are committed as JSON and YAML, in the terms that the tests look at them in.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const DASHBOARDS_FOLDER = fileURLToPath(new URL('../../dashboards', import.meta.url));
/** Rows hold panels, and these hold none. */
const MAX_PANEL_DEPTH = 2;

/** Names and labels as on /metrics, or as the pushed data has them once it is in Prometheus. */
export const DIALECTS = ['scraped', 'otlp'] as const;
export type DialectName = (typeof DIALECTS)[number];

export interface DashboardFile {
  readonly dialect: DialectName;
  /** Of the file, without its extension: the same in both dialects. */
  readonly name: string;
  readonly file: string;
  readonly json: DashboardJson;
}

/** Of Grafana's classic dashboard what is read here. All else is there, too. */
export interface DashboardJson {
  readonly uid: string;
  readonly title: string;
  readonly panels: readonly PanelJson[];
  readonly templating?: { readonly list?: readonly VariableJson[] };
  readonly [field: string]: unknown;
}

export interface DataSourceJson {
  readonly type: string;
  readonly uid: string;
}

export interface PanelJson {
  readonly id?: number;
  readonly type: string;
  readonly title?: string;
  readonly datasource?: DataSourceJson;
  readonly targets?: readonly TargetJson[];
  /** Of a row that is collapsed: its panels. */
  readonly panels?: readonly PanelJson[];
  readonly [field: string]: unknown;
}

export interface TargetJson {
  readonly refId: string;
  readonly expr: string;
  /** Asked for one instant; else for the time range of the dashboard. */
  readonly instant?: boolean;
  readonly datasource?: DataSourceJson;
  readonly [field: string]: unknown;
}

export interface VariableJson {
  readonly name: string;
  readonly type: string;
  readonly query?: string | { readonly query: string };
  /** What a value must match, as text `/…/`; its first group is the value. */
  readonly regex?: string;
  readonly multi?: boolean;
  readonly includeAll?: boolean;
  /** What stands for `All`, as it is; without it, all the values. */
  readonly allValue?: string;
  readonly [field: string]: unknown;
}

export const RULE_KINDS = ['rules', 'alerts'] as const;
export type RuleKind = (typeof RULE_KINDS)[number];

export interface RuleFile {
  readonly dialect: DialectName;
  readonly kind: RuleKind;
  readonly file: string;
  readonly groups: readonly RuleGroup[];
}

export interface RuleGroup {
  readonly name: string;
  readonly interval?: string;
  readonly rules: readonly Rule[];
}

/** A recording rule has `record`, an alert has `alert`. */
export interface Rule {
  readonly record?: string;
  readonly alert?: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** In order of dialect and name. Throws where a folder or a file cannot be read. */
export function readDashboards(folder: string = DASHBOARDS_FOLDER): readonly DashboardFile[] {
  return DIALECTS.flatMap((dialect) => {
    const names = readdirSync(join(folder, dialect)).filter((name) => name.endsWith('.json'));
    return names.sort().map((name) => {
      const file = join(folder, dialect, name);
      return { dialect, name: basename(name, '.json'), file, json: JSON.parse(readFileSync(file, 'utf8')) };
    });
  });
}

/** All panels, those of collapsed rows after their row. Throws where panels are deeper than a row. */
export function panelsOf({ panels }: Pick<DashboardJson, 'panels'>): readonly PanelJson[] {
  return panelsWithin(panels, MAX_PANEL_DEPTH);
}

function panelsWithin(panels: readonly PanelJson[], depth: number): readonly PanelJson[] {
  if (depth === 0 && panels.length > 0) throw new Error(`a panel is too deep: ${panels[0]?.title}`);
  return panels.flatMap((panel) => [panel, ...panelsWithin(panel.panels ?? [], depth - 1)]);
}

/** The queries of a panel: a row and a text have none. */
export function targetsOf({ targets }: PanelJson): readonly TargetJson[] {
  return targets ?? [];
}

export function variablesOf({ templating }: DashboardJson): readonly VariableJson[] {
  return templating?.list ?? [];
}

/** The query of a variable, which Grafana writes as text or within an object. */
export function variableQuery({ query }: VariableJson): string {
  return typeof query === 'object' ? query.query : (query ?? '');
}

/** `rules.yaml`, `alerts.yaml`, and those of the other dialect, which have `-otlp` behind their name. */
export function readRuleFiles(folder: string = DASHBOARDS_FOLDER): readonly RuleFile[] {
  return DIALECTS.flatMap((dialect) =>
    RULE_KINDS.map((kind) => {
      const file = join(folder, dialect === 'scraped' ? `${kind}.yaml` : `${kind}-${dialect}.yaml`);
      const { groups }: Pick<RuleFile, 'groups'> = parse(readFileSync(file, 'utf8'));
      return { dialect, kind, file, groups };
    }),
  );
}
