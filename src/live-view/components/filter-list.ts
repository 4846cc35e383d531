// The filters that hold, each of which can be taken away.

import { html } from 'htm/preact';
import { FILTERS, type View } from '../view.ts';
import { clearFilters, removeFilter } from '../view-edits.ts';
import { focusGrid } from './focus.ts';
import type { Properties } from './properties.ts';

export function FilterList({ state: { view }, live }: Properties) {
  const filters = FILTERS.flatMap((name) => (view.filters[name] ?? []).map((value) => ({ name, value })));
  if (filters.length === 0 && view.search === '') return null;
  // The button that is pressed goes away.
  const edit = (change: (shown: View) => View): void => {
    live.edit(change);
    focusGrid();
  };
  return html`
    <ul aria-label="Filters">
      ${filters.map(
        ({ name, value }) => html`
          <li key=${`${name}=${value}`}>
            <button
              type="button" class="chip"
              data-filter=${name}
              data-value=${value}
              aria-label=${`Remove filter: ${name} ${value || 'none'}`}
              onClick=${() => edit((shown) => removeFilter(shown, name, value))}
            >
              ${name} <b>${value || 'none'}</b> <span aria-hidden="true">×</span>
            </button>
          </li>
        `,
      )}
      <li key="all">
        <button type="button" class="chip" onClick=${() => edit(clearFilters)}>Remove all filters</button>
      </li>
    </ul>
  `;
}
