// Tables: what is renamed, hidden, colored and sorted by is there; rows of several queries meet; and all columns fit.
import * as units from '@grafana/grafana-foundation-sdk/units';
import { without } from '../promql/label-sets.ts';
import type { TablePanel } from '../schema/strict-dashboard.ts';
import { type Board, type Check, duplicatesOf, tablesOf } from './board.ts';
import { columnsOf, labelsOf, namesBefore, organizeOf, TIME_COLUMN } from './columns.ts';

/** Of all 24 columns of the grid in a window of 1280 pixels, without the margins of the page. */
const GRID_PIXELS = 1230;
const GRID_COLUMNS = 24;
/** So much is left to a column without a width of its own. */
const MIN_COLUMN_PIXELS = 100;
const UNITS: ReadonlySet<unknown> = new Set(Object.values(units));
/** Hidden in all tables: not every query has them. */
const ALWAYS_HIDDEN: readonly string[] = [TIME_COLUMN, 'job'];

function ofEachTable(problemsOf: (board: Board, panel: TablePanel) => readonly string[]): Check {
  return (board) =>
    tablesOf(board).flatMap((panel) => problemsOf(board, panel).map((problem) => `${panel.title}: ${problem}`));
}

export const tablesShowTheLatest = ofEachTable((_, { targets }) =>
  targets
    .filter(({ format, instant, range }) => format !== 'table' || instant !== true || range === true)
    .map(({ refId }) => `the query ${refId} is not of one instant, as a table`),
);

export const columnsAreNamed = ofEachTable((board, panel) => {
  const before = namesBefore(board, panel);
  const { excludeByName, indexByName, renameByName } = organizeOf(panel);
  const named = [...Object.keys(excludeByName).filter((name) => !ALWAYS_HIDDEN.includes(name))];
  const columns = columnsOf(board, panel);
  return [
    ...[...named, ...Object.keys(indexByName), ...Object.keys(renameByName)]
      .filter((name) => !before.includes(name))
      .map((name) => `there is no ${name} to be placed, renamed or hidden`),
    ...columns.filter(({ name }) => !(name in renameByName)).map(({ name }) => `the column ${name} has no header`),
    ...duplicatesOf(columns.map(({ header }) => header)).map((header) => `two columns are called ${header}`),
  ];
});

export const overridesOfTablesMeetColumns = ofEachTable((board, panel) => {
  const headers = columnsOf(board, panel).map(({ header }) => header);
  const overridden = panel.fieldConfig.overrides.map(({ matcher }) => matcher.options);
  const sorted = (panel.options.sortBy ?? []).map(({ displayName }) => displayName);
  return [...overridden, ...sorted]
    .filter((name) => !headers.includes(name))
    .map((name) => `there is no column ${name}`);
});

export const valuesHaveUnits = ofEachTable((board, panel) => {
  const { defaults } = panel.fieldConfig;
  return columnsOf(board, panel)
    .filter(({ isValue }) => isValue)
    .filter(({ header }) => !UNITS.has(propertyOf(panel, header, 'unit') ?? defaults.unit))
    .map(({ header }) => `the column ${header} has no unit of Grafana`);
});

/** Grafana puts a row of a later query into each row of the earlier ones that says nothing else. */
export const rowsMeet = ofEachTable((board, { targets }) => {
  const [first, ...later] = targets.map((target) => labelsOf(board, target));
  return later.flatMap((labels, index) => {
    const more = without(labels, first ?? []);
    return more.size === 0
      ? []
      : [`the query ${targets[index + 1]?.refId} has labels that the first has not: ${[...more]}`];
  });
});

/**
 * The label services, which many series lack, is a dash there, in all queries: Grafana takes a row without the column for one
 * with any value in it.
 */
export const rowsWithoutServicesStayApart = ofEachTable((board, { targets }) => {
  const services = board.dialect === 'scraped' ? 'services' : 'netstat_services';
  const isCompleted = (expr: string): boolean =>
    expr.startsWith('label_replace(') && expr.includes(`, "${services}", "-", "${services}", "")`);
  return targets
    .filter((target) => labelsOf(board, target).has(services) && !isCompleted(target.expr))
    .map(({ refId }) => `the query ${refId} has rows without ${services}`);
});

export const columnsFit = ofEachTable((board, panel) => {
  const pixels = (GRID_PIXELS * panel.gridPos.w) / GRID_COLUMNS;
  const needed = columnsOf(board, panel).map(
    ({ header }) => propertyOf(panel, header, 'custom.width') ?? MIN_COLUMN_PIXELS,
  );
  const sum = needed.reduce<number>((total, width) => total + Number(width), 0);
  return sum <= pixels ? [] : [`the columns need ${sum} pixels of ${pixels}`];
});

function propertyOf({ fieldConfig }: TablePanel, header: string, id: string): unknown {
  const override = fieldConfig.overrides.find(({ matcher }) => matcher.options === header);
  return override?.properties.find((property) => property.id === id)?.value;
}
