// Searching, grouping, pausing, and taking with one what is shown.

import { html } from 'htm/preact';
import { GROUPINGS } from '../../views/endpoint.ts';
import { csvAddress } from '../addresses.ts';
import { isOneOf } from '../view.ts';
import type { Properties } from './properties.ts';

export function Toolbar({ state, live }: Properties) {
  return html`
    <div class="toolbar">
      <${Search} state=${state} live=${live} />
      <${GroupBy} state=${state} live=${live} />
      <div class="actions" role="group" aria-label="Actions">
        <${PauseButton} state=${state} live=${live} />
        ${state.view.by === undefined && html`<${ListActions} state=${state} live=${live} />`}
        <a class="button" data-action="csv" href=${csvAddress(state.view, state.pausedAt)} download>CSV</a>
      </div>
    </div>
  `;
}

function Search({ state, live }: Properties) {
  return html`
    <div role="search">
      <label for="search">Search</label>
      <input
        id="search"
        type="search"
        aria-keyshortcuts="/"
        placeholder="any words   ( / )"
        autocomplete="off"
        spellcheck=${false}
        value=${state.searchText}
        onInput=${({ currentTarget }: { currentTarget: HTMLInputElement }) => live.typeSearch(currentTarget.value)}
        onKeyDown=${({ key }: KeyboardEvent) => key === 'Escape' && live.typeSearch('')}
      />
    </div>
  `;
}

function GroupBy({ state, live }: Properties) {
  const choose = ({ currentTarget: { value } }: { currentTarget: HTMLSelectElement }): void =>
    live.edit((view) => ({ ...view, by: isOneOf(GROUPINGS, value) ? value : undefined }));
  return html`
    <div>
      <label for="group-by">Group by</label>
      <select id="group-by" value=${state.view.by ?? ''} onChange=${choose}>
        <option value="">nothing</option>
        ${GROUPINGS.map((by) => html`<option key=${by} value=${by}>${by}</option>`)}
      </select>
    </div>
  `;
}

function PauseButton({ state, live }: Properties) {
  const isPaused = state.pausedAt !== undefined;
  return html`
    <button
      type="button"
      data-action="pause"
      aria-keyshortcuts="p"
      disabled=${state.summary === undefined && state.rows === undefined}
      onClick=${() => live.togglePause()}
    >
      ${isPaused ? 'Resume' : 'Pause'}
    </button>
  `;
}

function ListActions({ state, live }: Properties) {
  const hasSelection = state.cursor?.endpoint !== undefined;
  return html`
    <button
      type="button"
      data-action="details"
      aria-expanded=${hasSelection && state.detailsOpen}
      disabled=${!hasSelection}
      onClick=${() => live.setDetailsOpen(!state.detailsOpen)}
    >
      Details
    </button>
    <button type="button" data-action="copy" disabled=${state.rows === undefined} onClick=${() => live.copyRows()}>
      ${hasSelection ? 'Copy row' : 'Copy visible rows'}
    </button>
  `;
}
