// All checks of an expression, by the sentence that each of them holds to.
import { counterProblems } from './counters.ts';
import { divisionProblems } from './divisions.ts';
import { labelProblems } from './result-labels.ts';
import { selectorProblems } from './selectors.ts';
import type { PromqlNode } from './tree.ts';
import type { Vocabulary } from './vocabulary.ts';

export type ExpressionCheck = (expression: PromqlNode, vocabulary: Vocabulary) => readonly string[];

export const EXPRESSION_CHECKS = {
  'names metrics, labels and values that there are': selectorProblems,
  'groups and joins by labels that its operands have': labelProblems,
  'asks counters how they grow, and gauges what they are': counterProblems,
  'divides by nothing that can be 0': divisionProblems,
} as const satisfies Record<string, ExpressionCheck>;
