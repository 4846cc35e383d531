// The reference of what metrics and labels are called over OTLP, made from the mapping.

import { definitionOf, METRIC_NAMES, type MetricName } from '../../metrics/catalogue.ts';
import { ATTRIBUTE_NAMES, attributeOf, otlpMetricOf, type PointKind } from './mapping.ts';

const KINDS = {
  counter: 'Sum, monotonic',
  updowncounter: 'Sum',
  gauge: 'Gauge',
} as const satisfies Record<PointKind, string>;

/** Two Markdown tables: the metrics, and the labels that have another name as attributes. */
export function otlpMarkdown(): string {
  return [metricsTable(), attributesTable()].join('\n');
}

function metricsTable(): string {
  const rows = METRIC_NAMES.map((name) => {
    const { descriptor, kind } = otlpMetricOf(name);
    return `| \`${name}\` | \`${descriptor.name}\`${fixedAttributes(name)} | ${KINDS[kind]} | ${descriptor.unit} |`;
  });
  return ['| On /metrics | Over OTLP | Kind | Unit |', '| --- | --- | --- | --- |', ...rows, ''].join('\n');
}

function fixedAttributes(name: MetricName): string {
  const attributes = Object.entries(definitionOf(name).otlp?.attributes ?? {});
  return attributes.map(([attribute, value]) => ` with \`${attribute}\`=\`${value}\``).join('');
}

function attributesTable(): string {
  const rows = Object.entries(ATTRIBUTE_NAMES).map(([label, attribute]) => {
    const isInteger = typeof attributeOf(label, '1')?.[1] === 'number';
    return `| \`${label}\` | \`${attribute}\`${isInteger ? ', an integer' : ''} |`;
  });
  return ['| Label | Attribute |', '| --- | --- |', ...rows, ''].join('\n');
}
