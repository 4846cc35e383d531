// A long list as a grid: a header that sorts, the rows in view, and keys that move the selection.

import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { type RowWindow, rowWindow } from '../row-window.ts';
import { scrolled } from '../state.ts';
import type { Properties } from './properties.ts';

export interface Column {
  /** The name of the cells, as tests and the style sheet know it. */
  readonly name: string;
  readonly label: string | VNode;
  /** What a screen reader calls it, where the label alone would not be clear. */
  readonly spokenLabel?: string | undefined;
  /** Undefined: cannot be sorted by. */
  readonly sorted?: 'ascending' | 'descending' | 'none';
  sort?(): void;
}

export interface GridProperties extends Properties {
  readonly label: string;
  readonly columns: readonly Column[];
  /** The position of the selected row. */
  readonly selected: number | undefined;
  row(position: number): VNode | VNode[];
  select(position: number): void;
  /** Enter. */
  activate(): void;
  /** Other keys; whether the key meant something. */
  press?(event: KeyboardEvent): boolean;
}

/** The id of a row in the document. */
export function rowId(position: number): string {
  return `row-${position}`;
}

export function Grid(properties: GridProperties) {
  const { state, live, label, columns, selected, row } = properties;
  const list = scrolled(state);
  const rows = rowWindow(list);
  const scroller = useScroller(properties);
  const activeId = selected !== undefined && isIn(rows, selected) ? rowId(selected) : undefined;
  return html`
    <div
      ref=${scroller}
      role="grid"
      tabindex="0"
      aria-label=${label}
      aria-rowcount=${list.total + 1}
      aria-colcount=${columns.length}
      aria-activedescendant=${activeId}
      onScroll=${({ currentTarget }: { currentTarget: HTMLElement }) => live.setScrollTop(currentTarget.scrollTop)}
      onKeyDown=${(event: KeyboardEvent) => pressKey(properties, event)}
    >
      <div role="rowgroup" class="head">
        <div role="row" aria-rowindex="1">${columns.map(ColumnHeader)}</div>
      </div>
      <div role="presentation" class="rows" style=${{ height: `${rows.height}px` }}>
        <div role="rowgroup" style=${{ top: `${rows.top}px` }}>
          ${positions(rows).map((position) => row(position))}
        </div>
      </div>
    </div>
  `;
}

function ColumnHeader({ name, label, spokenLabel, sorted, sort }: Column) {
  const mark = sorted === 'ascending' ? ' ▲' : sorted === 'descending' ? ' ▼' : '';
  return html`
    <div key=${name} role="columnheader" data-column=${name} aria-sort=${sorted === 'none' ? undefined : sorted}>
      ${
        sort === undefined
          ? label
          : html`<button type="button" class="sort" aria-label=${spokenLabel} onClick=${sort}>${label}<span aria-hidden="true">${mark}</span></button>`
      }
    </div>
  `;
}

/** Tells the live view how much room there is, and scrolls where the live view wants it. */
function useScroller({ state, live }: GridProperties) {
  const scroller = useRef<HTMLElement | null>(null);
  const { rowHeight, scrollTop } = state.scroll;
  useLayoutEffect(() => {
    const { current } = scroller;
    if (current === null) return undefined;
    // The header is as tall as a row.
    const observer = new ResizeObserver(() => live.setViewportHeight(Math.max(0, current.clientHeight - rowHeight)));
    observer.observe(current);
    return () => observer.disconnect();
  }, [live, rowHeight]);
  useLayoutEffect(() => {
    if (scroller.current !== null) scroller.current.scrollTop = scrollTop;
    // Only where it is asked for: at other times the person scrolls, and what the state knows comes after that.
  }, [state.scrollRequests]);
  return scroller;
}

function pressKey(properties: GridProperties, event: KeyboardEvent): void {
  const { live, selected, select, activate, press } = properties;
  // Keys that are pressed on a button of the header are the button's.
  if (event.target !== event.currentTarget) return;
  if (press?.(event)) {
    event.preventDefault();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const target = live.keyTarget(event.key, selected);
  if (target !== undefined) select(target);
  else if (event.key === 'Enter') activate();
  else return;
  event.preventDefault();
}

function positions({ first, end }: RowWindow): readonly number[] {
  return Array.from({ length: Math.max(0, end - first) }, (_, index) => first + index);
}

function isIn({ first, end }: RowWindow, position: number): boolean {
  return position >= first && position < end;
}
