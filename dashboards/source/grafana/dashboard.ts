// A dashboard from its variables and its panels: what all of ours have in common.
import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  type Dashboard,
  DashboardBuilder,
  DashboardCursorSync,
  type Panel,
  RowBuilder,
} from '@grafana/grafana-foundation-sdk/dashboard';
import type { Dialect } from '../queries/dialect.ts';
import { DASHBOARD_NAMES, type DashboardName, entryOf, titleOf, uidOf } from './directory.ts';
import { linkBetween } from './links.ts';
import { variablesOf } from './variables.ts';

/** Panels side by side, under a heading of their own if they have one. */
export interface Line {
  readonly title?: string;
  /** In rows of the grid. */
  readonly height: number;
  /** Of equal widths; or each with its number of columns. */
  readonly panels: readonly (Builder<Panel> | readonly [columns: number, panel: Builder<Panel>])[];
}

export interface DashboardOptions {
  readonly name: DashboardName;
  readonly description: string;
  readonly dialect: Dialect;
  readonly lines: readonly Line[];
}

/** That of Grafana 10.0. Later ones change nothing that we write; 12 and later refuse to convert what is newer than themselves. */
const SCHEMA_VERSION = 38;
const GRID_COLUMNS = 24;
const HEADING_ROWS = 1;

/** Throws where the widths of a line do not fill it. */
export function dashboard(options: DashboardOptions): Dashboard {
  const { name, description, dialect, lines } = options;
  const builder = new DashboardBuilder(titleOf(dialect, name))
    .uid(uidOf(dialect, name))
    .description(description)
    .tags(['netstat-exporter', `netstat-exporter-${dialect.name}`])
    .tooltip(DashboardCursorSync.Crosshair)
    .time({ from: 'now-1h', to: 'now' })
    .refresh('30s')
    .links(DASHBOARD_NAMES.filter((other) => other !== name).map((other) => linkBetween(dialect, name, other)))
    .variables(variablesOf(dialect, entryOf(name).choices));
  addLines(builder, lines, dialect);
  return forAllVersions(builder.build());
}

/** The builders write what only the newest Grafana knows. */
function forAllVersions(built: Dashboard): Dashboard {
  return {
    ...built,
    schemaVersion: SCHEMA_VERSION,
    annotations: { list: [] },
    // From 12.3 on `placement` would hide the links in a menu.
    links: built.links?.map(({ placement: _, ...link }) => link) ?? [],
    templating: {
      list: (built.templating.list ?? []).map(
        // These are settings of other types of variables.
        ({ auto: _auto, auto_min: _min, auto_count: _count, allowCustomValue: _custom, ...variable }) => variable,
      ),
    },
  };
}

function addLines(builder: DashboardBuilder, lines: readonly Line[], { minimumStep }: Dialect): void {
  let row = 0;
  let id = 1;
  for (const { title, height, panels } of lines) {
    if (title !== undefined) {
      const position = { x: 0, y: row, w: GRID_COLUMNS, h: HEADING_ROWS };
      builder.withRow(new RowBuilder(title).id(id++).gridPos(position));
      row += HEADING_ROWS;
    }
    let column = 0;
    for (const panel of panels) {
      const [columns, builderOfPanel] = 'build' in panel ? [GRID_COLUMNS / panels.length, panel] : panel;
      const built = builderOfPanel.build();
      const targets = (built.targets ?? []).map((target) => ({
        ...target,
        ...(minimumStep && { interval: minimumStep }),
      }));
      const placed = { ...built, targets, id: id++, gridPos: { x: column, y: row, w: columns, h: height } };
      builder.withPanel({ build: () => placed });
      column += columns;
    }
    if (column !== GRID_COLUMNS) throw new Error(`the line ${title ?? ''} has ${column} columns of ${GRID_COLUMNS}`);
    row += height;
  }
}
