// The columns that a table has once its transformations are through (Grafana, "Merge series/tables", "Organize fields").
import { treeOf } from '../promql/asked.ts';
import { type LabelSet, union } from '../promql/label-sets.ts';
import { keepsName, resultLabels } from '../promql/result-labels.ts';
import { vocabularyOf } from '../promql/vocabulary.ts';
import type { TablePanel, Target, Transformation } from '../schema/strict-dashboard.ts';
import type { Board } from './board.ts';

export interface Column {
  /** As the data source calls it: a label, `Time`, `Value`. */
  readonly name: string;
  /** As the reader sees it. */
  readonly header: string;
  readonly isValue: boolean;
}

export const TIME_COLUMN = 'Time';
/** Of the only query that there is, or that has an answer (packages/grafana-prometheus, result_transformer.ts). */
const ONLY_VALUE = 'Value';

/** What the queries can give, before anything is hidden or renamed. */
export function namesBefore(board: Board, { targets }: TablePanel): readonly string[] {
  const labels = union(...targets.map((target) => labelsOf(board, target)));
  return [TIME_COLUMN, ...labels, ONLY_VALUE, ...targets.map(({ refId }) => `${ONLY_VALUE} #${refId}`)];
}

/** Those that are shown where all queries have an answer. */
export function columnsOf(board: Board, panel: TablePanel): readonly Column[] {
  const { excludeByName, renameByName } = organizeOf(panel);
  const isOne = panel.targets.length === 1;
  return namesBefore(board, panel)
    .filter((name) => excludeByName[name] !== true)
    .filter((name) => !name.startsWith(ONLY_VALUE) || (name === ONLY_VALUE) === isOne)
    .map((name) => ({ name, header: renameByName[name] ?? name, isValue: name.startsWith(ONLY_VALUE) }));
}

type Organize = Extract<Transformation, { id: 'organize' }>['options'];

/** Nothing, where it has none. */
export function organizeOf({ transformations = [] }: TablePanel): Organize {
  const organize = transformations.find(({ id }) => id === 'organize');
  return organize?.id === 'organize' ? organize.options : { excludeByName: {}, indexByName: {}, renameByName: {} };
}

export function labelsOf(board: Board, { expr }: Target): LabelSet {
  const tree = treeOf(board, expr);
  return union(resultLabels(tree, vocabularyOf(board.dialect)), keepsName(tree) ? ['__name__'] : []);
}
