// What a person does to the live view, and what follows from it.

import type { Endpoint, EndpointGroup } from '../views/endpoint.ts';
import { CLIPBOARD_HEADER, clipboardLine } from './clipboard-text.ts';
import { groupKey } from './group-order.ts';
import { keyTarget } from './list-keys.ts';
import { Questions } from './questions.ts';
import { firstVisible, scrollTopToShow, visibleRows } from './row-window.ts';
import { type Announcement, type State, scrolled, shownCollection } from './state.ts';
import type { Store } from './store.ts';
import { countOf } from './texts.ts';
import { formatView, type ParsedView, type View } from './view.ts';
import { drillInto } from './view-edits.ts';

/** The world around the page. Queries come without their question mark. */
export interface Surroundings {
  /** A step of its own in the history of the browser. */
  pushAddress(query: string): void;
  replaceAddress(query: string): void;
  /** Whether the text is on the clipboard now. */
  copy(text: string): Promise<boolean>;
}

/** Browsers refuse a page that changes its address too often, and nobody needs an answer to each letter. */
const TYPING_PAUSE_MS = 200;

export class LiveView {
  readonly #store: Store;
  readonly #questions: Questions;
  readonly #surroundings: Surroundings;
  #typing: ReturnType<typeof setTimeout> | undefined;

  /** `pollMs`: how long after an answer to ask again. */
  constructor(store: Store, surroundings: Surroundings, pollMs: number) {
    this.#store = store;
    this.#questions = new Questions(store, pollMs);
    this.#surroundings = surroundings;
  }

  get state(): State {
    return this.#store.state;
  }

  /** The tab has come to the front, or has gone from it: nobody needs to know then. */
  setShown(isShown: boolean): void {
    this.#questions.poll(isShown && this.state.pausedAt === undefined);
  }

  /** Changes the view by `change`, as a step that the browser's Back takes back. */
  edit(change: (view: View) => View): void {
    const view = change(this.#typedView());
    this.#surroundings.pushAddress(formatView(view));
    this.#show({ view, ignored: [] });
  }

  /** Changes the view by `change`, as a part of the step before. */
  adjust(change: (view: View) => View): void {
    const view = change(this.#typedView());
    this.#surroundings.replaceAddress(formatView(view));
    this.#show({ view, ignored: [] });
  }

  /** The browser has gone to another step of its history. */
  showAddress(parsed: ParsedView): void {
    this.#show(parsed);
  }

  typeSearch(text: string): void {
    clearTimeout(this.#typing);
    this.#store.set({ searchText: text });
    this.#typing = setTimeout(() => this.adjust((view) => view), TYPING_PAUSE_MS);
  }

  togglePause(): void {
    const collection = shownCollection(this.state);
    if (this.state.pausedAt !== undefined) {
      this.#store.set({ pausedAt: undefined, announcement: shown('Resumed') });
      this.#questions.poll(true);
    } else if (collection !== undefined) {
      this.#store.set({ pausedAt: collection.id, announcement: shown('Paused') });
      this.#questions.poll(false);
      // The server keeps what is asked for by its name.
      this.#questions.askAnew();
    }
  }

  setScrollTop(scrollTop: number): void {
    this.#store.set({ scroll: { ...this.state.scroll, scrollTop } });
    this.#questions.askMissingRows();
  }

  setViewportHeight(viewportHeight: number): void {
    this.#store.set({ scroll: { ...this.state.scroll, viewportHeight } });
    this.#questions.askMissingRows();
  }

  /** The position that the key selects, from `position` on; undefined where it is no such key. */
  keyTarget(key: string, position: number | undefined): number | undefined {
    const scroll = scrolled(this.state);
    const extent = { total: scroll.total, pageRows: visibleRows(scroll), firstVisible: firstVisible(scroll) };
    return keyTarget(key, position, extent);
  }

  selectEndpoint(position: number): void {
    const endpoint = this.state.rows?.at(position);
    this.#scrollTo(position, { cursor: { position, endpoint } });
    this.#questions.askDetails();
  }

  selectNothing(): void {
    this.#store.set({ cursor: undefined, details: undefined });
    this.#questions.askDetails();
  }

  selectGroup(position: number, groupKey: string): void {
    this.#scrollTo(position, { groupKey });
  }

  /** Who comes back finds it selected. */
  drillInto(group: EndpointGroup): void {
    this.#store.set({ groupKey: groupKey(group) });
    this.edit((view) => drillInto(view, group.filter));
  }

  setDetailsOpen(detailsOpen: boolean): void {
    this.#store.set({ detailsOpen });
    this.#questions.askDetails();
  }

  /** The selected row; without one, all rows that can be seen. */
  copyRows(): void {
    const selected = this.state.cursor?.endpoint;
    const endpoints = selected === undefined ? this.#visibleEndpoints() : [selected];
    const lines = endpoints.map(clipboardLine).join('');
    this.copy(selected === undefined ? CLIPBOARD_HEADER + lines : lines, countOf(endpoints.length, 'row'));
  }

  /** `what`: what it is called when it is done. */
  copy(text: string, what: string): void {
    void this.#surroundings.copy(text).then((isCopied) => {
      const text = isCopied ? `Copied ${what}` : 'The browser does not let this page copy';
      this.#store.set({ announcement: shown(text) });
    });
  }

  #visibleEndpoints(): readonly Endpoint[] {
    const scroll = scrolled(this.state);
    const first = firstVisible(scroll);
    const positions = Array.from({ length: visibleRows(scroll) }, (_, index) => first + index);
    return positions.flatMap((position) => this.state.rows?.at(position) ?? []);
  }

  /** The view with what has been typed, whether or not the pause after it is over. */
  #typedView(): View {
    return { ...this.state.view, search: this.state.searchText.trim() };
  }

  #show({ view, ignored }: ParsedView): void {
    clearTimeout(this.#typing);
    const { scroll, scrollRequests, searchText } = this.state;
    this.#store.set({
      view,
      ignored,
      // What is being typed keeps its spaces.
      searchText: searchText.trim() === view.search ? searchText : view.search,
      scroll: { ...scroll, scrollTop: 0 },
      scrollRequests: scrollRequests + 1,
    });
    this.#questions.askAnew();
  }

  #scrollTo(position: number, changes: Partial<State>): void {
    const { scroll, scrollRequests } = this.state;
    const scrollTop = scrollTopToShow(position, scrolled(this.state));
    this.#store.set({ ...changes, scroll: { ...scroll, scrollTop }, scrollRequests: scrollRequests + 1 });
    this.#questions.askMissingRows();
  }
}

function shown(text: string): Announcement {
  return { text, isShown: true };
}
