// What a check gets: a dashboard as it is committed, with those that it can lead to.
import { type DialectName, readDashboards } from '../../support/dashboard-files.ts';
import type { AnyPanel, DataPanel, StrictDashboard, TablePanel } from '../schema/strict-dashboard.ts';

export interface Board {
  readonly dialect: DialectName;
  readonly name: string;
  /** That it has this type is a test of its own: schema.test.ts. */
  readonly json: StrictDashboard;
}

/** What is wrong with it: nothing, or a line for each. */
export type Check = (board: Board, all: readonly Board[]) => readonly string[];

export function readBoards(): readonly Board[] {
  return readDashboards().map(({ dialect, name, json }) => ({
    dialect,
    name,
    json: json as unknown as StrictDashboard,
  }));
}

/** All panels, those of collapsed rows behind their row. */
export function panelsOf({ json }: Board): readonly AnyPanel[] {
  return json.panels.flatMap((panel) => (panel.type === 'row' ? [panel, ...panel.panels] : [panel]));
}

/** Those that ask for something. */
export function dataPanelsOf(board: Board): readonly DataPanel[] {
  return panelsOf(board).filter((panel) => panel.type !== 'row' && panel.type !== 'text');
}

export function tablesOf(board: Board): readonly TablePanel[] {
  return dataPanelsOf(board).filter((panel) => panel.type === 'table');
}

/** Every value within a value of JSON, itself included, with the field or index that holds it and the way there. */
export function* walk(
  value: unknown,
  path: readonly string[] = [],
): Generator<readonly [path: readonly string[], value: unknown]> {
  yield [path, value];
  if (typeof value !== 'object' || value === null) return;
  for (const [field, inner] of Object.entries(value)) yield* walk(inner, [...path, field]);
}

/** Those that occur more than once. */
export function duplicatesOf<T>(values: readonly T[]): readonly T[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}
