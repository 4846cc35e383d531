// All that the page knows: components draw it, and only the live view changes it.

import type { Endpoint, SummaryAnswer } from '../views/endpoint.ts';
import type { LoadedRows } from './loaded-rows.ts';
import type { Scrolled } from './row-window.ts';
import type { ParsedView, View } from './view.ts';

export const QUESTIONS = ['endpoints', 'summary', 'details'] as const;
export type QuestionKind = (typeof QUESTIONS)[number];

/** The answer to a summary question, and to which. */
export interface LoadedSummary {
  readonly question: string;
  readonly etag: string | undefined;
  readonly answer: SummaryAnswer;
}

/** The selected row of the list: an endpoint, wherever it goes. */
export interface Cursor {
  readonly position: number;
  /** As it was last seen; undefined until the row has come. */
  readonly endpoint: Endpoint | undefined;
}

/** What the latest answer says of the selected endpoint. */
export interface LoadedDetails {
  /** With its queries; as it was last seen where it is gone. */
  readonly endpoint: Endpoint;
  readonly isGone: boolean;
  readonly etag: string | undefined;
}

export interface Announcement {
  readonly text: string;
  /** Not where the page says the same elsewhere. */
  readonly isShown: boolean;
}

export interface State {
  readonly view: View;
  /** Parameters of the address bar that the page does not know. */
  readonly ignored: ParsedView['ignored'];
  /** What stands in the field; in `view.search` a moment later. */
  readonly searchText: string;
  /** The id of the collection that the page is paused at. */
  readonly pausedAt: string | undefined;
  /** Those of the view before, until an answer comes. */
  readonly rows: LoadedRows | undefined;
  readonly summary: LoadedSummary | undefined;
  readonly cursor: Cursor | undefined;
  /** The selected group, by its cells. */
  readonly groupKey: string | undefined;
  readonly detailsOpen: boolean;
  readonly details: LoadedDetails | undefined;
  readonly problems: Readonly<Partial<Record<QuestionKind, string>>>;
  /** What the server's clock is ahead of the browser's. */
  readonly clockAheadMs: number;
  /** What came of what the person did, for screen readers too. */
  readonly announcement: Announcement;
  readonly scroll: Omit<Scrolled, 'total'>;
  /** Grows with each movement that the page makes of itself. */
  readonly scrollRequests: number;
}

export function initialState({ view, ignored }: ParsedView, rowHeight: number): State {
  return {
    view,
    ignored,
    searchText: view.search,
    pausedAt: undefined,
    rows: undefined,
    summary: undefined,
    cursor: undefined,
    groupKey: undefined,
    detailsOpen: false,
    details: undefined,
    problems: {},
    clockAheadMs: 0,
    announcement: { text: '', isShown: false },
    scroll: { scrollTop: 0, viewportHeight: 0, rowHeight },
    scrollRequests: 0,
  };
}

/** What is scrolled now: endpoints, or groups. */
export function scrolled({ view, rows, summary, scroll }: State): Scrolled {
  const total = view.by === undefined ? rows?.total : summary?.answer.groups?.items.length;
  return { ...scroll, total: total ?? 0 };
}

/** The collection that is shown, as far as one has come. */
export function shownCollection({ view, rows, summary }: State) {
  return view.by === undefined ? (rows?.collection ?? summary?.answer.collection) : summary?.answer.collection;
}
