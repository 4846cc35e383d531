// What an alert compares, without the comparison: that must be there, whether the alert fires or not.
import type { SyntaxNode } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';

/** As the grammar calls them: == != > < >= <=. */
const COMPARISONS = ['Eql', 'Neq', 'Gtr', 'Lss', 'Gte', 'Lte'] as const;
/** The grammar's mark for what it does not understand. */
const ERROR = '⚠';

/** The left operands of all comparisons, the outer ones first; the whole expression where it compares nothing. Throws on what is no PromQL. */
export function comparedOperands(expression: string): readonly string[] {
  const operands: string[] = [];
  parser.parse(expression).iterate({
    enter({ name, node }) {
      if (name === ERROR) throw new Error(`this is no PromQL, from its character ${node.from} on: ${expression}`);
      const { firstChild } = node;
      if (name === 'BinaryExpr' && firstChild !== null && isComparison(node))
        operands.push(expression.slice(firstChild.from, firstChild.to));
    },
  });
  return operands.length > 0 ? operands : [expression];
}

function isComparison(node: SyntaxNode): boolean {
  return COMPARISONS.some((name) => node.getChild(name) !== null);
}
