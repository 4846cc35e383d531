// Divisions whose divisor can be 0, which gives infinity, or no number at all. Of what is unclear nothing is said.
import { childOf, functionOf, nodesOf, operandsOf, operatorOf, type PromqlNode, selectorOf } from './tree.ts';

const COMPARISONS: ReadonlySet<string> = new Set(['Gtr', 'Gte', 'Neq']);
const DROPPING: ReadonlySet<string> = new Set(['Gtr', 'Gte', 'Lss', 'Lte', 'Eql']);
/** They are 0 where all that they are of is 0. */
const KEEPING_ZERO: ReadonlySet<string> = new Set(['Sum', 'Max', 'Min', 'Avg', 'Topk', 'Bottomk', 'Scalar', 'Vector']);
const COUNTING: ReadonlySet<string> = new Set([
  'Count',
  'Group',
  'CountOverTime',
  'PresentOverTime',
  'ClampMin',
  'Time',
]);
/** A host without ephemeral ports has no series of these. */
const NEVER_ZERO: ReadonlySet<string> = new Set(['netstat_ephemeral_port_range_ports']);

export function divisionProblems(expression: PromqlNode): readonly string[] {
  return [...nodesOf(expression)].flatMap(([node, holders]) => {
    if (node.kind !== 'BinaryExpr' || !['Div', 'Mod'].includes(operatorOf(node))) return [];
    const divisor = operandsOf(node)[1];
    if (divisor === undefined || !canBeZero(divisor) || isComparedShare(node, holders)) return [];
    return [`the divisor can be 0: ${divisor.text}`];
  });
}

/** A part of the same metric is 0 with it, and what that gives is no number, which no comparison lets pass. */
function isComparedShare(division: PromqlNode, holders: readonly PromqlNode[]): boolean {
  const holder = holders.findLast(({ kind }) => kind !== 'ParenExpr');
  const isCompared =
    holder?.kind === 'BinaryExpr' && DROPPING.has(operatorOf(holder)) && childOf(holder, 'BoolModifier') === undefined;
  const [part = '', whole = ''] = operandsOf(division).map(metricNames);
  return isCompared && part === whole;
}

function metricNames(node: PromqlNode): string {
  const selectors = [...nodesOf(node)].map(([inner]) => inner).filter(({ kind }) => kind === 'VectorSelector');
  return [...new Set(selectors.map((selector) => selectorOf(selector).name ?? ''))].sort().join();
}

function canBeZero(node: PromqlNode): boolean {
  const [first, second] = operandsOf(node);
  switch (node.kind) {
    case 'NumberDurationLiteral':
      return Number(node.text) === 0;
    case 'VectorSelector':
      return !NEVER_ZERO.has(selectorOf(node).name ?? '');
    case 'BinaryExpr': {
      const operator = operatorOf(node);
      if (COMPARISONS.has(operator) || first === undefined || second === undefined) return false;
      if (operator === 'Or' || operator === 'Mul') return canBeZero(first) || canBeZero(second);
      if (operator === 'Add') return canBeZero(first) && canBeZero(second);
      return canBeZero(first);
    }
    case 'AggregateExpr':
    case 'FunctionCall': {
      const name = functionOf(node);
      if (COUNTING.has(name)) return false;
      const operand = operandsOf(node).at(-1);
      return KEEPING_ZERO.has(name) ? operand !== undefined && canBeZero(operand) : true;
    }
    default:
      return first !== undefined && canBeZero(first);
  }
}
