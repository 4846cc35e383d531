// Every expression of the dashboards and rules, with values in place of its variables.
import { basename } from 'node:path';
import { type DialectName, readRuleFiles, type VariableJson } from '../../support/dashboard-files.ts';
import { ALL, type Choice, type ChosenVariable, interpolate, type TimeVariables } from '../../support/interpolation.ts';
import { type Board, dataPanelsOf } from '../checks/board.ts';
import { queryOf } from '../checks/references.ts';
import { type PromqlNode, parsePromql } from './tree.ts';

export interface Asked {
  readonly dialect: DialectName;
  /** The dashboard and panel or variable, or the file and rule. */
  readonly where: string;
  readonly expr: string;
}

/** None of these stands in an expression of itself: a range can be told to be one of them. */
export const TIME: TimeVariables = { rateInterval: '61s', interval: '67s', range: '71s' };
const VALUES = ['first', 'second.exe'] as const;
const CHOICES: readonly Choice[] = [VALUES[0], VALUES, ALL];
/** `label_values(SELECTOR, LABEL)`: a function of Grafana's, not of PromQL. */
const LABEL_VALUES = /^label_values\((.*),\s*(\w+)\)$/s;
const QUERY_RESULT = /^query_result\((.*)\)$/s;

/** What panels ask, with some of the values chosen; with all of them, where that is another expression. */
export function askedByPanels(board: Board): readonly Asked[] {
  return dataPanelsOf(board).flatMap(({ title, targets }) =>
    targets.flatMap(({ expr, refId }) =>
      expressionsOf(board, expr).map((text) => ({ dialect: board.dialect, where: `${title} (${refId})`, expr: text })),
    ),
  );
}

/** The values of a label are asked for as a grouping by this label: it has to be one of the selector's. */
export function askedByVariables(board: Board): readonly Asked[] {
  return board.json.templating.list
    .filter(({ type }) => type === 'query')
    .flatMap((variable) =>
      expressionsOf(board, queryOf(variable)).map((text) => ({
        dialect: board.dialect,
        where: `the variable ${variable.name}`,
        expr: text.replace(LABEL_VALUES, 'group by ($2) ($1)').replace(QUERY_RESULT, '$1'),
      })),
    );
}

export interface AskedByRule extends Asked {
  /** What an alert says: nothing, in a recording rule. */
  readonly texts: readonly string[];
}

export function askedByRules(): readonly AskedByRule[] {
  return readRuleFiles().flatMap(({ dialect, file, groups }) =>
    groups.flatMap(({ rules }) =>
      rules.map(({ alert, record, expr, annotations = {} }) => ({
        dialect,
        where: `${basename(file)}: ${alert ?? record}`,
        expr,
        texts: Object.values(annotations),
      })),
    ),
  );
}

/** With one value chosen; and with several and with all of them, where there may be several. */
function expressionsOf({ json }: Board, text: string): readonly string[] {
  const texts = CHOICES.map((choice) => {
    const chosen = json.templating.list.map((variable): ChosenVariable => {
      const canBeSeveral = variable.multi === true || variable.includeAll === true;
      return { variable: variable as VariableJson, choice: canBeSeveral ? choice : VALUES[0], options: VALUES };
    });
    return interpolate(text, chosen, TIME);
  });
  return [...new Set(texts)];
}

/** An expression of a panel as a tree, with one value of each variable. */
export function treeOf(board: Board, expr: string): PromqlNode {
  return parsePromql(expressionsOf(board, expr)[0] ?? '');
}
