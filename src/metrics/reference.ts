// The reference of all metrics, made from the catalogue.

import { definitionOf, GROUPS, METRIC_NAMES, prometheusKind } from './catalogue.ts';

const OS_NAMES = { windows: 'Windows', linux: 'Linux' } as const;

/** A Markdown section for each group, with a table of its metrics. */
export function metricsMarkdown(): string {
  const sections = GROUPS.map((group) => {
    const rows = METRIC_NAMES.filter((name) => definitionOf(name).group === group).map((name) => {
      const { kind, unit, labels, help, os } = definitionOf(name);
      const note = os === undefined ? help : `${help} ${OS_NAMES[os]} only.`;
      return `| \`${name}\` | ${prometheusKind(kind)} | ${unit} | ${labels.map((label) => `\`${label}\``).join(' ')} | ${note} |`;
    });
    const head = ['| Metric | Kind | Unit | Labels | Meaning |', '| --- | --- | --- | --- | --- |'];
    return [`## ${group}`, '', ...head, ...rows, ''].join('\n');
  });
  return sections.join('\n');
}
