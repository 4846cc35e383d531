// Legends: they name labels that the lines have, each line gets a name of its own, and colors go to names that there are.
import { TCP_STATES } from '../../../src/model/states.ts';
import { treeOf } from '../promql/asked.ts';
import { without } from '../promql/label-sets.ts';
import { resultLabels } from '../promql/result-labels.ts';
import { nodesOf, selectorOf } from '../promql/tree.ts';
import { vocabularyOf } from '../promql/vocabulary.ts';
import type { Target } from '../schema/strict-dashboard.ts';
import { type Board, type Check, dataPanelsOf } from './board.ts';

const LABEL = /\{\{\s*(\w+)\s*\}\}/g;
/** Grafana makes a name of what the lines do not share. */
const AUTOMATIC = '__auto';

function namedLabels({ legendFormat = '' }: Target): readonly string[] {
  return Array.from(legendFormat.matchAll(LABEL), ([, label = '']) => label);
}

export const legendsNameLabels: Check = (board) =>
  dataPanelsOf(board).flatMap(({ title, targets }) =>
    targets.flatMap((target) => {
      const labels = resultLabels(treeOf(board, target.expr), vocabularyOf(board.dialect));
      return [...without(namedLabels(target), labels)].map(
        (label) => `${title}: the legend names ${label}, which no line has`,
      );
    }),
  );

/** The job goes without saying: it tells hosts apart only where two jobs have the same one. */
export const linesHaveNames: Check = (board) =>
  dataPanelsOf(board).flatMap(({ title, type, targets }) =>
    targets.flatMap((target) => {
      if (type !== 'timeseries') return [];
      if (target.legendFormat === undefined || target.legendFormat === AUTOMATIC)
        return [`${title}: lines without a name`];
      const rest = without(differentLabels(board, target), namedLabels(target), ['job']);
      return rest.size === 0 ? [] : [`${title}: the legend does not tell lines apart by ${[...rest]}`];
    }),
  );

/** Those whose values no selector sets. */
function differentLabels(board: Board, { expr }: Target): Iterable<string> {
  const tree = treeOf(board, expr);
  const selectors = [...nodesOf(tree)]
    .filter(([{ kind }]) => kind === 'VectorSelector')
    .map(([node]) => selectorOf(node));
  const set = selectors.flatMap(({ matchers }) =>
    matchers.filter(({ operator }) => operator === '=').map(({ label }) => label),
  );
  return without(resultLabels(tree, vocabularyOf(board.dialect)), set);
}

export const colorsMeetLines: Check = (board) =>
  dataPanelsOf(board).flatMap(({ type, title, targets, fieldConfig: { overrides } }) =>
    type === 'table'
      ? []
      : overrides
          .map(({ matcher }) => matcher.options)
          .filter((name) => !targets.some(({ legendFormat = '' }) => canBeCalled(legendFormat, name)))
          .map((name) => `${title}: no line is ever called ${name}`),
  );

/** A legend that is a label alone gives its values: of states they are known. */
function canBeCalled(legend: string, name: string): boolean {
  if (!legend.includes('{{')) return legend === name;
  if (/^\{\{(?:network_connection_)?state\}\}$/.test(legend)) return TCP_STATES.some((state) => state === name);
  const [before = '', ...rest] = legend.split(LABEL).filter((_, index) => index % 2 === 0);
  return name.startsWith(before) && name.endsWith(rest.at(-1) ?? '');
}
