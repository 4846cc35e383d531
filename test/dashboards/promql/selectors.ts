// Selectors: each names a metric that the dialect has, labels that this metric has, and values that these can have.
import { without } from './label-sets.ts';
import { metricsOf, namesOf } from './result-labels.ts';
import { type Matcher, nodesOf, type PromqlNode, selectorOf } from './tree.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A regular expression that is but a list of values. */
const LIST = /^\w+(?:\|\w+)*$/;
/** Of ports and addresses, of which pushed data has none where they are folded. */
const FOLDED = '_other';
const HOST_NAME = 'host_name';

export function selectorsOf(expression: PromqlNode): readonly PromqlNode[] {
  return [...nodesOf(expression)].map(([node]) => node).filter(({ kind }) => kind === 'VectorSelector');
}

export function selectorProblems(expression: PromqlNode, vocabulary: Vocabulary): readonly string[] {
  return selectorsOf(expression).flatMap((selector) => {
    const names = namesOf(selector);
    const unknown = names.filter((name) => !vocabulary.metrics.has(name));
    if (names.length === 0) return [`a selector without a metric: ${selector.text}`];
    return [
      ...unknown.map((name) => `no metric ${name}`),
      ...matcherProblems(selector, vocabulary).map((problem) => `${problem}: ${selector.text}`),
    ];
  });
}

function matcherProblems(selector: PromqlNode, vocabulary: Vocabulary): readonly string[] {
  const { matchers } = selectorOf(selector);
  const own = matchers.filter(({ label }) => label !== '__name__' && label !== HOST_NAME);
  const matched = new Set(own.map(({ label }) => label));
  return [
    ...dialectProblems(selector, vocabulary),
    ...metricsOf(selector, vocabulary).flatMap(({ labels, distinctive }) => [
      ...[...without(matched, labels)].map((label) => `no label ${label}`),
      ...[...without(distinctive, matched)].map((label) => `several metrics have this name, and differ in ${label}`),
      ...own.flatMap((matcher) => valueProblems(matcher, vocabulary)),
    ]),
  ];
}

/** Many names are the same in both dialects: what was pushed, and only that, has a host's name. */
function dialectProblems(selector: PromqlNode, { dialect }: Vocabulary): readonly string[] {
  if (namesOf(selector).includes('up')) return [];
  const isTold = selectorOf(selector).matchers.some(
    ({ label, operator, value }) =>
      label === HOST_NAME && value === '' && operator === (dialect === 'scraped' ? '=' : '!='),
  );
  return isTold ? [] : ['hosts of the other dialect are meant, too'];
}

function valueProblems({ label, operator, value }: Matcher, { dialect, values }: Vocabulary): readonly string[] {
  if (dialect === 'otlp' && /_port$|_address$/.test(label) && value === FOLDED) return [`${label} is never ${FOLDED}`];
  const known = values.get(label);
  if (known === undefined || value === '') return [];
  if (operator.endsWith('~') && !LIST.test(value)) return [];
  return value
    .split('|')
    .filter((text) => !known.has(text))
    .map((text) => `${label} is never ${text}`);
}
