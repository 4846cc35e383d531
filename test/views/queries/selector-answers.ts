// What Prometheus would answer to a selector: found by the grammar of PromQL, over the samples of one collection.
import { childOf, parsePromql } from '../../dashboards/promql/tree.ts';
import type { Sample } from '../../metrics/oracle/samples.ts';

/** Throws on all that is no plain selector whose matchers are equalities. */
export function answerTo(promql: string, samples: readonly Sample[]): readonly Sample[] {
  const expression = parsePromql(promql);
  if (expression.kind !== 'VectorSelector') throw new Error(`no selector: ${promql}`);
  const name = childOf(expression, 'Identifier')?.text;
  const matchers = (childOf(expression, 'LabelMatchers')?.children ?? []).map(({ children }) => {
    const [label = '', operator = '', value = ''] = children.map(({ text }) => text);
    if (operator !== '=') throw new Error(`no equality: ${promql}`);
    // Of the escapes of PromQL those that JSON has, too, mean the same.
    return { label, value: JSON.parse(value) as string };
  });
  return samples.filter(
    (sample) => sample.name === name && matchers.every(({ label, value }) => (sample.labels[label] ?? '') === value),
  );
}
