// Which labels the series of an expression can have, and groupings and joins that name labels which their operands lack.
// It cannot see which labels are empty at a time, nor whether there is one series or more with the same ones.
import { type LabelSet, union, without } from './label-sets.ts';
import {
  childOf,
  functionOf,
  labelsBehind,
  nodesOf,
  operandsOf,
  operatorOf,
  type PromqlNode,
  selectorOf,
} from './tree.ts';
import type { KnownMetric, Vocabulary } from './vocabulary.ts';

/** Of a number, and of what is one for each moment: none at all. */
const NONE: LabelSet = new Set();
/** They hand on series as they are. */
const CHOOSING: ReadonlySet<string> = new Set(['Topk', 'Bottomk', 'LimitK', 'LimitRatio']);
/** These two write a label, which their second argument names. */
const WRITING: ReadonlySet<string> = new Set(['LabelReplace', 'LabelJoin']);
const NAME_KEEPING: ReadonlySet<string> = new Set([...WRITING, 'LastOverTime', 'Sort', 'SortDesc']);
const COMPARISONS: ReadonlySet<string> = new Set(['Eql', 'Neq', 'Gtr', 'Gte', 'Lss', 'Lte']);
const SET_OPERATORS: ReadonlySet<string> = new Set(['And', 'Or', 'Unless']);
const SCALARS: ReadonlySet<string> = new Set(['Scalar', 'Time', 'Pi', 'Vector']);

/** The metrics that a selector can mean: one, or those that its `__name__=~"a|b"` lists. Unknown names are left out. */
export function metricsOf(node: PromqlNode, { metrics }: Vocabulary): readonly KnownMetric[] {
  return namesOf(node).flatMap((name) => metrics.get(name) ?? []);
}

export function namesOf(node: PromqlNode): readonly string[] {
  const { name, matchers } = selectorOf(node);
  if (name !== undefined) return [name];
  return matchers.filter(({ label }) => label === '__name__').flatMap(({ value }) => value.split('|'));
}

export function resultLabels(node: PromqlNode, vocabulary: Vocabulary): LabelSet {
  const of = (inner: PromqlNode | undefined): LabelSet =>
    inner === undefined ? NONE : resultLabels(inner, vocabulary);
  switch (node.kind) {
    case 'VectorSelector':
      return new Set(metricsOf(node, vocabulary).flatMap(({ labels }) => [...labels]));
    case 'AggregateExpr':
      return aggregatedLabels(node, of(operandsOf(node).at(-1)));
    case 'BinaryExpr':
      return joinedLabels(node, operandsOf(node).map(of));
    case 'FunctionCall':
      return calledLabels(node, of);
    default:
      return of(operandsOf(node)[0]);
  }
}

/** Whether its series have the names of their metrics, which Grafana shows as a label `__name__`. */
export function keepsName(node: PromqlNode): boolean {
  const operands = operandsOf(node);
  switch (node.kind) {
    case 'VectorSelector':
      return true;
    case 'AggregateExpr':
      return CHOOSING.has(functionOf(node)) && operands.slice(-1).some(keepsName);
    case 'FunctionCall':
      return NAME_KEEPING.has(functionOf(node)) && operands.slice(0, 1).some(keepsName);
    case 'BinaryExpr': {
      const isComparison = COMPARISONS.has(operatorOf(node)) && childOf(node, 'BoolModifier') === undefined;
      if (operatorOf(node) === 'Or') return operands.some(keepsName);
      return (isComparison || SET_OPERATORS.has(operatorOf(node))) && operands.slice(0, 1).some(keepsName);
    }
    default:
      return operands.slice(0, 1).some(keepsName);
  }
}

function aggregatedLabels(node: PromqlNode, inner: LabelSet): LabelSet {
  if (CHOOSING.has(functionOf(node))) return inner;
  const modifier = childOf(node, 'AggregateModifier');
  if (modifier === undefined) return NONE;
  const dropped = labelsBehind(modifier, 'Without');
  if (dropped !== undefined) return without(inner, dropped);
  return new Set(labelsBehind(modifier, 'By'));
}

function calledLabels(node: PromqlNode, of: (inner: PromqlNode | undefined) => LabelSet): LabelSet {
  const name = functionOf(node);
  if (SCALARS.has(name)) return NONE;
  const [first, second] = operandsOf(node).filter(({ kind }) => kind !== 'NumberDurationLiteral');
  const written = WRITING.has(name) && second !== undefined ? [second.text.slice(1, -1)] : [];
  return union(of(first), written);
}

/** As Prometheus joins them: `resultMetric` of its promql/engine.go. */
function joinedLabels(node: PromqlNode, [left = NONE, right = NONE]: readonly LabelSet[]): LabelSet {
  const operator = operatorOf(node);
  if (operator === 'Or') return union(left, right);
  if (operator === 'And' || operator === 'Unless') return left;
  const [leftNode, rightNode] = operandsOf(node);
  if (leftNode !== undefined && isNumber(leftNode)) return right;
  if (rightNode !== undefined && isNumber(rightNode)) return left;
  const clause = childOf(node, 'MatchingModifierClause');
  if (clause === undefined) return left;
  const added = labelsBehind(clause, 'GroupLeft', 'GroupRight') ?? [];
  if (childOf(clause, 'GroupLeft') !== undefined) return union(left, added);
  if (childOf(clause, 'GroupRight') !== undefined) return union(right, added);
  const on = labelsBehind(clause, 'On');
  return on === undefined ? without(left, labelsBehind(clause, 'Ignoring') ?? []) : new Set(on);
}

/** One value without labels, which is joined with whatever there is. */
function isNumber(node: PromqlNode): boolean {
  if (node.kind === 'NumberDurationLiteral' || node.kind === 'StringLiteral') return true;
  if (node.kind === 'FunctionCall') return ['Scalar', 'Time', 'Pi'].includes(functionOf(node));
  return ['ParenExpr', 'UnaryExpr', 'BinaryExpr'].includes(node.kind) && operandsOf(node).every(isNumber);
}

/** Groupings by labels that are not there, and joins that can meet nothing, or more than one. */
export function labelProblems(expression: PromqlNode, vocabulary: Vocabulary): readonly string[] {
  return [...nodesOf(expression)].flatMap(([node]) => {
    if (node.kind === 'AggregateExpr') return groupingProblems(node, vocabulary);
    return node.kind === 'BinaryExpr' ? joinProblems(node, vocabulary) : [];
  });
}

function groupingProblems(node: PromqlNode, vocabulary: Vocabulary): readonly string[] {
  const modifier = childOf(node, 'AggregateModifier');
  const operand = operandsOf(node).at(-1);
  if (modifier === undefined || operand === undefined) return [];
  const named = labelsBehind(modifier, 'By', 'Without') ?? [];
  return missing(named, operand, vocabulary);
}

function joinProblems(node: PromqlNode, vocabulary: Vocabulary): readonly string[] {
  const [left, right] = operandsOf(node);
  if (left === undefined || right === undefined || isNumber(left) || isNumber(right)) return [];
  const clause = childOf(node, 'MatchingModifierClause');
  if (clause === undefined) return operatorOf(node) === 'Or' ? [] : unequal(left, right, vocabulary);
  const [many, one] = childOf(clause, 'GroupRight') === undefined ? [left, right] : [right, left];
  const on = labelsBehind(clause, 'On') ?? [];
  return [
    ...missing(on, left, vocabulary),
    ...missing(on, right, vocabulary),
    ...missing(labelsBehind(clause, 'GroupLeft', 'GroupRight') ?? [], one, vocabulary),
    ...(SET_OPERATORS.has(operatorOf(node)) ? [] : ambiguous(clause, many, one, vocabulary)),
  ];
}

function missing(named: readonly string[], operand: PromqlNode, vocabulary: Vocabulary): readonly string[] {
  const labels = resultLabels(operand, vocabulary);
  return named.filter((label) => !labels.has(label)).map((label) => `no label ${label} in ${operand.text}`);
}

/** Without `on`, all labels have to be the same at both sides. */
function unequal(left: PromqlNode, right: PromqlNode, vocabulary: Vocabulary): readonly string[] {
  const [leftLabels, rightLabels] = [resultLabels(left, vocabulary), resultLabels(right, vocabulary)];
  const different = union(without(leftLabels, rightLabels), without(rightLabels, leftLabels));
  return different.size === 0 ? [] : [`${[...different]} only at one side of: ${left.text} ... ${right.text}`];
}

/** The side that is to have one series for each match has labels that are not matched, and so can have several. */
function ambiguous(clause: PromqlNode, many: PromqlNode, one: PromqlNode, vocabulary: Vocabulary): readonly string[] {
  const on = labelsBehind(clause, 'On');
  if (on === undefined) return [];
  const isGrouped = (childOf(clause, 'GroupLeft') ?? childOf(clause, 'GroupRight')) !== undefined;
  const sides = isGrouped ? [one] : [many, one];
  return sides.flatMap((side) => {
    // A host of this name has one instance of the program.
    const ofHost = on.includes('host_name') ? ['instance'] : [];
    const rest = without(freeLabels(side, vocabulary), on, ofHost);
    return rest.size === 0 ? [] : [`several series may match one, differing in ${[...rest]}: ${side.text}`];
  });
}

/** Those whose value can differ: not those that a selector sets, nor those that only describe. */
function freeLabels(node: PromqlNode, vocabulary: Vocabulary): LabelSet {
  const set = new Set(vocabulary.descriptive);
  for (const [inner] of nodesOf(node)) {
    if (inner.kind !== 'VectorSelector') continue;
    for (const { label, operator } of selectorOf(inner).matchers) if (operator === '=') set.add(label);
  }
  return without(resultLabels(node, vocabulary), set);
}
