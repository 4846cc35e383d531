// The page as a whole.

import { html } from 'htm/preact';
import { Details } from './details.ts';
import { EndpointGrid } from './endpoint-grid.ts';
import { FilterForm } from './filter-form.ts';
import { FilterList } from './filter-list.ts';
import { GroupGrid } from './group-grid.ts';
import { Header } from './header.ts';
import { Notices } from './notices.ts';
import type { Properties } from './properties.ts';
import { StateCounts } from './state-counts.ts';
import { Toolbar } from './toolbar.ts';

export interface PageProperties extends Properties {
  readonly host: string;
  readonly intervalMs: number;
}

export function Page({ state, live, host, intervalMs }: PageProperties) {
  const isOpen = state.detailsOpen && state.view.by === undefined && state.cursor?.endpoint !== undefined;
  return html`
    <${Header} state=${state} host=${host} intervalMs=${intervalMs} />
    <main aria-busy=${isBusy(state)}>
      <${StateCounts} state=${state} live=${live} />
      <${Toolbar} state=${state} live=${live} />
      <div class="filters">
        <${FilterForm} live=${live} />
        <${FilterList} state=${state} live=${live} />
      </div>
      <${Notices} state=${state} />
      <div class="content">
        ${
          state.view.by === undefined
            ? html`<${EndpointGrid} key="endpoints" state=${state} live=${live} />`
            : html`<${GroupGrid} key="groups" state=${state} live=${live} by=${state.view.by} />`
        }
        ${isOpen && html`<${Details} state=${state} live=${live} />`}
      </div>
    </main>
  `;
}

/** Until the first answer. */
function isBusy({ summary, problems }: Properties['state']): 'true' | 'false' {
  return summary === undefined && problems.summary === undefined ? 'true' : 'false';
}
