// Endpoints counted together: groups, each of which leads to its endpoints.

import { html } from 'htm/preact';
import { useMemo } from 'preact/hooks';
import { type Counts, type EndpointGroup, GROUP_COLUMNS, type Grouping } from '../../views/endpoint.ts';
import { groupColumnName, groupKey, sortGroups } from '../group-order.ts';
import { capitalised, countText } from '../texts.ts';
import type { View } from '../view.ts';
import { sortBy } from '../view-edits.ts';
import { focusGrid } from './focus.ts';
import { type Column, Grid, rowId } from './grid.ts';
import type { Properties } from './properties.ts';

interface GroupGridProperties extends Properties {
  readonly by: Grouping;
}

export function GroupGrid({ state, live, by }: GroupGridProperties) {
  const { summary, view } = state;
  // What came for another grouping has other columns.
  const answered = summary?.answer.groups?.by === by ? summary.answer.groups : undefined;
  const groups = useMemo(() => sortGroups(answered?.items ?? [], by, view.order), [answered, by, view.order]);
  const found = groups.findIndex((group) => groupKey(group) === state.groupKey);
  const selected = found < 0 ? undefined : found;
  const select = (position: number): void => {
    const group = groups[position];
    if (group !== undefined) live.selectGroup(position, groupKey(group));
  };
  const drillInto = (position: number | undefined): void => {
    const group = position === undefined ? undefined : groups[position];
    if (group === undefined) return;
    live.drillInto(group);
    focusGrid();
  };
  const row = (position: number) => {
    const group = groups[position];
    return group === undefined
      ? []
      : html`<${GroupRow} key=${groupKey(group)} by=${by} position=${position} group=${group} isSelected=${position === selected} open=${drillInto} />`;
  };
  return html`
    <div class="list groups by-${by}">
      <${Grid}
        label="Groups"
        state=${state}
        live=${live}
        columns=${columnsOf(by, view, live)}
        selected=${selected}
        row=${row}
        select=${select}
        activate=${() => drillInto(selected)}
      />
      ${answered?.total === 0 && html`<p data-empty>${by === 'destination' ? 'No outbound connection fits.' : 'No endpoint fits.'}</p>`}
    </div>
  `;
}

function columnsOf(by: Grouping, view: View, live: Properties['live']): readonly Column[] {
  const cells = GROUP_COLUMNS[by].map((label): Column => {
    const name = groupColumnName(label);
    const direction = view.order?.descending ? 'descending' : 'ascending';
    const sorted = view.order?.column === name ? direction : 'none';
    return { name, label: capitalised(label), sorted, sort: () => live.adjust((shown) => sortBy(shown, name)) };
  });
  const isByTotal = cells.every(({ sorted }) => sorted === 'none');
  const total: Column = {
    name: 'total',
    label: 'Endpoints',
    sorted: isByTotal ? 'descending' : 'none',
    sort: () => live.adjust((shown) => ({ ...shown, order: undefined })),
  };
  return [...cells, total, { name: 'counts', label: 'By state' }];
}

interface GroupRowProperties {
  readonly by: Grouping;
  readonly position: number;
  readonly group: EndpointGroup;
  readonly isSelected: boolean;
  open(position: number): void;
}

function GroupRow({ by, position, group, isSelected, open }: GroupRowProperties) {
  const counts = countsText(group.counts);
  return html`
    <div
      id=${rowId(position)}
      role="row"
      data-row=${position}
      aria-rowindex=${position + 2}
      aria-selected=${isSelected}
      onClick=${() => open(position)}
    >
      ${GROUP_COLUMNS[by].map((label, index) => {
        const text = group.cells[index] ?? '';
        return html`<div key=${label} role="gridcell" data-cell=${groupColumnName(label)} title=${text}>${text}</div>`;
      })}
      <div role="gridcell" data-cell="total">${countText(group.total)}</div>
      <div role="gridcell" data-cell="counts" title=${counts}>${counts}</div>
    </div>
  `;
}

/** The largest first. */
function countsText(counts: Counts): string {
  return Object.entries(counts)
    .toSorted(([, one], [, other]) => other - one)
    .map(([state, count]) => `${state} ${countText(count)}`)
    .join(', ');
}
