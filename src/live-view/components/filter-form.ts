// Adds a filter by any of the API's parameters, as a person types it.

import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import type { LiveView } from '../live-view.ts';
import { FILTERS, type FilterName, isOneOf, splitValues } from '../view.ts';
import { addFilter } from '../view-edits.ts';

/** With commas where commas are taken, `or` where one value is. */
const EXAMPLES = {
  protocol: 'tcp',
  state: 'close_wait, time_wait',
  process: 'nginx or svc* or 4711',
  service: 'nginx.service',
  port: '443, 8000-8999',
  remote: '10.0.0.0/8 or [::1]:443 or :5432',
} as const satisfies Record<FilterName, string>;

export function FilterForm({ live }: { readonly live: LiveView }) {
  const [name, setName] = useState<FilterName>('process');
  const [text, setText] = useState('');
  const submit = (event: Event): void => {
    event.preventDefault();
    if (text.trim() === '') return;
    live.edit((view) => addFilter(view, name, splitValues(name, text.trim())));
    setText('');
  };
  const choose = ({ currentTarget: { value } }: { currentTarget: HTMLSelectElement }): void => {
    if (isOneOf(FILTERS, value)) setName(value);
  };
  return html`
    <form onSubmit=${submit}>
      <label for="filter-name">Filter by</label>
      <select id="filter-name" value=${name} onChange=${choose}>
        ${FILTERS.map((filter) => html`<option key=${filter} value=${filter}>${filter}</option>`)}
      </select>
      <input
        aria-label="Value"
        autocomplete="off"
        spellcheck=${false}
        placeholder=${EXAMPLES[name]}
        value=${text}
        onInput=${({ currentTarget }: { currentTarget: HTMLInputElement }) => setText(currentTarget.value)}
      />
      <button type="submit">Add filter</button>
    </form>
  `;
}
