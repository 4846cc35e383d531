// The list of endpoints.

import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { SORT_COLUMNS, type SortColumn } from '../../views/filter.ts';
import { keyOf } from '../identity.ts';
import type { LoadedRows } from '../loaded-rows.ts';
import { isOneOf, listQuestion, type View } from '../view.ts';
import { sortBy } from '../view-edits.ts';
import { EndpointRow } from './endpoint-row.ts';
import { type Column, Grid, rowId } from './grid.ts';
import type { Properties } from './properties.ts';

/** The cells of a row, in order, with their headers. */
const LABELS = {
  change: html`<span class="unseen">change</span>`,
  protocol: 'Proto',
  family: 'Family',
  'local-address': 'Local address',
  'local-port': 'Port',
  'remote-address': 'Remote address',
  'remote-port': 'Port',
  state: 'State',
  pid: 'PID',
  process: 'Process',
  services: 'Services',
} as const satisfies Record<SortColumn | 'change' | 'family', string | VNode>;

const SPOKEN_LABELS: ReadonlyMap<string, string> = new Map([
  ['local-port', 'Local port'],
  ['remote-port', 'Remote port'],
]);

export function EndpointGrid({ state, live }: Properties) {
  const { rows, view, cursor } = state;
  const selected = cursor?.position;
  const select = (position: number): void => live.selectEndpoint(position);
  const click = (position: number): void =>
    position === selected ? live.setDetailsOpen(true) : live.selectEndpoint(position);
  const keys = new Set<string>();
  const row = (position: number) => {
    const endpoint = rows?.at(position);
    return html`
      <${EndpointRow}
        key=${endpoint === undefined ? `loading-${position}` : unique(keys, rowKey(rows, keyOf(endpoint), endpoint.change))}
        id=${rowId(position)}
        position=${position}
        endpoint=${endpoint}
        isSelected=${position === selected}
        select=${click}
      />
    `;
  };
  const leave = (): void => (state.detailsOpen ? live.setDetailsOpen(false) : live.selectNothing());
  const press = (event: KeyboardEvent): boolean => {
    if (event.key === 'Escape') leave();
    else if (event.key === 'c' && (event.ctrlKey || event.metaKey) && isNothingMarked()) live.copyRows();
    else return false;
    return true;
  };
  const columns = Object.entries(LABELS).map(([name, label]) => column(view, name, label, live));
  return html`
    <div class="list endpoints" data-outdated=${rows !== undefined && rows.question !== listQuestion(view) ? '' : undefined}>
      <${Grid}
        label="Endpoints"
        state=${state}
        live=${live}
        columns=${columns}
        selected=${selected}
        row=${row}
        select=${select}
        activate=${() => cursor !== undefined && live.setDetailsOpen(true)}
        press=${press}
      />
      ${rows?.total === 0 && html`<p data-empty>No endpoint fits.</p>`}
    </div>
  `;
}

function column({ order }: View, name: string, label: string | VNode, live: Properties['live']): Column {
  if (!isOneOf(SORT_COLUMNS, name)) return { name, label };
  const direction = order?.descending ? 'descending' : 'ascending';
  const sorted = order?.column === name ? direction : 'none';
  const spokenLabel = SPOKEN_LABELS.get(name);
  return { name, label, spokenLabel, sorted, sort: () => live.adjust((view) => sortBy(view, name)) };
}

/** A row that changes again is another one in the document, so that it flashes again. */
function rowKey(rows: LoadedRows | undefined, key: string, change: string | undefined): string {
  return change === undefined ? key : `${key}${change}${rows?.collection.id}`;
}

/** Sockets that share a port can be alike in all that is shown. */
function unique(keys: Set<string>, key: string): string {
  let found = key;
  for (let number = 2; keys.has(found); number += 1) found = `${key}#${number}`;
  keys.add(found);
  return found;
}

function isNothingMarked(): boolean {
  return getSelection()?.isCollapsed !== false;
}
