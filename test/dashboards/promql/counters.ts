// Counters are asked how they grow, and nothing else; gauges are never asked that. What is asked so is the series itself.
import { metricsOf } from './result-labels.ts';
import { functionOf, nodesOf, type PromqlNode } from './tree.ts';
import type { Vocabulary } from './vocabulary.ts';

const OF_COUNTERS: ReadonlySet<string> = new Set(['Rate', 'Irate', 'Increase', 'Resets']);
const OF_GAUGES: ReadonlySet<string> = new Set([
  'Delta',
  'Idelta',
  'Deriv',
  'PredictLinear',
  'AvgOverTime',
  'SumOverTime',
]);
/** They ask whether there is a series, or a new value, whatever it is. */
const OF_BOTH: ReadonlySet<string> = new Set([
  'Changes',
  'CountOverTime',
  'PresentOverTime',
  'Absent',
  'AbsentOverTime',
  'LastOverTime',
]);

export function counterProblems(expression: PromqlNode, vocabulary: Vocabulary): readonly string[] {
  return [...nodesOf(expression)].flatMap(([node, holders]) => {
    if (node.kind === 'FunctionCall') return OF_COUNTERS.has(functionOf(node)) ? growthProblems(node) : [];
    if (node.kind !== 'VectorSelector') return [];
    const asked = holders.filter(({ kind }) => kind === 'FunctionCall').map(functionOf);
    return metricsOf(node, vocabulary).flatMap(({ kind }) =>
      kind === 'counter' ? counterProblem(node, asked) : gaugeProblem(node, asked),
    );
  });
}

function counterProblem({ text }: PromqlNode, asked: readonly string[]): readonly string[] {
  if (asked.some((name) => OF_GAUGES.has(name))) return [`a counter is asked as if it were a gauge: ${text}`];
  return asked.some((name) => OF_COUNTERS.has(name) || OF_BOTH.has(name))
    ? []
    : [`a counter without its growth: ${text}`];
}

function gaugeProblem({ text }: PromqlNode, asked: readonly string[]): readonly string[] {
  return asked.some((name) => OF_COUNTERS.has(name)) ? [`no counter: ${text}`] : [];
}

/** A sum goes down when one of its counters begins anew, and is taken for a counter that did. */
function growthProblems(node: PromqlNode): readonly string[] {
  const range = node.children.at(-1)?.children.find(({ isExpression }) => isExpression);
  const isOfSeries = range?.kind === 'MatrixSelector' && range.children[0]?.kind === 'VectorSelector';
  return isOfSeries ? [] : [`the growth of something else than series: ${node.text}`];
}
