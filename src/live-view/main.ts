// The live view in the browser: the entry of its bundle. Ties state, page and browser together.

import { html, render } from 'htm/preact';
import { copyText } from './clipboard.ts';
import { focusGrid } from './components/focus.ts';
import { Page } from './components/page.ts';
import { LiveView, type Surroundings } from './live-view.ts';
import { pollMsFor } from './polling.ts';
import { initialState, type State } from './state.ts';
import { Store } from './store.ts';
import { parseView } from './view.ts';

/** As the style sheet has it: `--row`. Whoever has large letters has tall rows. */
const ROW_HEIGHT_REM = 1.625;

function start(root: HTMLElement): void {
  const { host } = location;
  const intervalMs = Number(document.body.dataset['intervalMs'] ?? 0);
  const rowHeight = ROW_HEIGHT_REM * Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  const draw = (state: State): void =>
    render(html`<${Page} state=${state} live=${live} host=${host} intervalMs=${intervalMs} />`, root);
  const store = new Store(initialState(parseView(location.search), rowHeight), draw);
  const surroundings: Surroundings = {
    pushAddress: (query) => history.pushState(null, '', address(query)),
    replaceAddress: (query) => history.replaceState(null, '', address(query)),
    copy: copyText,
  };
  const live = new LiveView(store, surroundings, pollMsFor(intervalMs));
  document.title = `${host} – live view`;
  draw(store.state);
  document.body.dataset['loaded'] = 'true';
  addEventListener('popstate', () => goThroughHistory(live));
  document.addEventListener('visibilitychange', () => live.setShown(!document.hidden));
  document.addEventListener('keydown', (event) => pressShortcut(live, event));
  live.setShown(!document.hidden);
}

function address(query: string): string {
  return query === '' ? location.pathname : `${location.pathname}?${query}`;
}

/** Groups and their endpoints are two grids: whoever goes from one to the other with the keys keeps them. */
function goThroughHistory(live: LiveView): void {
  const hadKeys = document.activeElement?.matches('[role=grid]') === true;
  live.showAddress(parseView(location.search));
  if (hadKeys) focusGrid();
}

/** Letters mean something only where nobody is writing. */
function pressShortcut(live: LiveView, event: KeyboardEvent): void {
  const isWriting = event.target instanceof Element && event.target.matches('input, select, textarea');
  if (isWriting || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === '/') document.getElementById('search')?.focus();
  else if (event.key === 'p') live.togglePause();
  else return;
  event.preventDefault();
}

const root = document.getElementById('view');
if (root !== null) start(root);
