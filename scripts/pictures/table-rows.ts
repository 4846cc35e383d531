// The rows of a table from the answers to its queries, as Grafana makes them with its transformations merge and organize.
import type { RangeSeries } from '../../test/peers/store.ts';
import { lastValue, type PanelAnswers } from './answers.ts';
import type { DrawnPanel, Transformation } from './panel-json.ts';

/** By the names of the fields, which are labels and, for values, `Value #A` and the like. */
export type Row = Readonly<Record<string, string | number>>;

/** One query's series: a row each. */
interface Frame {
  readonly fields: readonly string[];
  readonly rows: readonly Row[];
}

export interface TableRows {
  readonly headers: readonly string[];
  readonly rows: readonly Row[];
}

interface SortedBy {
  readonly displayName: string;
  readonly desc?: boolean;
}

/** Sorted; what has no value is last. Throws on another transformation. */
export function tableRows(
  { title, targets = [], transformations = [], options }: DrawnPanel,
  answers: PanelAnswers,
): TableRows {
  const frames = targets.map(({ refId }) =>
    frameOf(answers.get(refId) ?? [], targets.length === 1 ? 'Value' : `Value #${refId}`),
  );
  const [merging, organizing, ...others] = transformations;
  if (merging?.id !== 'merge' || organizing?.id !== 'organize' || others.length > 0)
    throw new Error(`the pictures know tables that merge and organize; ${title} does something else`);
  const organized = organize(merge(frames.filter(({ rows }) => rows.length > 0)), organizing);
  const sortBy = options['sortBy'] as readonly SortedBy[] | undefined;
  return { ...organized, rows: sortRows(organized.rows, sortBy?.[0]) };
}

/** A label that others of the query have, and this series has not, is empty. */
function frameOf(answer: readonly RangeSeries[], valueName: string): Frame {
  const labels = [...new Set(answer.flatMap((series) => Object.keys(series.labels)))];
  const rows = answer.map((series) => ({
    ...Object.fromEntries(labels.map((label) => [label, series.labels[label] ?? ''])),
    [valueName]: lastValue(series) ?? Number.NaN,
  }));
  return { fields: [...labels, valueName], rows };
}

/**
 * Rows that are equal in the fields of all frames become one, unless another field of theirs differs
 * (packages/grafana-data/src/transformations/transformers/merge.ts).
 */
export function merge(frames: readonly Frame[]): Frame {
  const fields = [...new Set(frames.flatMap((frame) => frame.fields))];
  const keys = fields.filter((field) => frames.every((frame) => frame.fields.includes(field)));
  const merged = new Map<string, Row[]>();
  for (const row of frames.flatMap((frame) => frame.rows)) {
    const key = JSON.stringify(keys.map((field) => row[field]));
    const there = merged.get(key) ?? [];
    const isSame = (other: Row): boolean =>
      Object.keys(row).every((field) => !(field in other) || other[field] === row[field]);
    merged.set(
      key,
      there.some(isSame) ? there.map((other) => (isSame(other) ? { ...other, ...row } : other)) : [...there, row],
    );
  }
  return { fields, rows: [...merged.values()].flat() };
}

function organize({ fields, rows }: Frame, { options }: Transformation): TableRows {
  const { excludeByName = {}, indexByName = {}, renameByName = {} } = options;
  const place = (field: string): number => indexByName[field] ?? Number.POSITIVE_INFINITY;
  const shown = fields.filter((field) => excludeByName[field] !== true);
  const ordered = shown.toSorted((one, other) => (place(one) < place(other) ? -1 : Number(place(one) > place(other))));
  const header = (field: string): string => renameByName[field] || field;
  return {
    headers: ordered.map(header),
    rows: rows.map((row) =>
      Object.fromEntries(ordered.flatMap((field) => (field in row ? [[header(field), row[field] ?? '']] : []))),
    ),
  };
}

function sortRows(rows: readonly Row[], sortedBy: SortedBy | undefined): readonly Row[] {
  if (sortedBy === undefined) return rows;
  const { displayName, desc = false } = sortedBy;
  const sortable = (row: Row): string | number | undefined =>
    Number.isNaN(row[displayName]) ? undefined : row[displayName];
  return rows.toSorted((oneRow, otherRow) => {
    const [one, other] = [sortable(oneRow), sortable(otherRow)];
    if (one === undefined || other === undefined) return Number(one === undefined) - Number(other === undefined);
    if (one === other) return 0;
    return one < other === desc ? 1 : -1;
  });
}
