// Which rows of a long list are in view, and where they stand: only these are in the document.

/** What is scrolled. Lengths in pixels. */
export interface Scrolled {
  readonly scrollTop: number;
  /** Of the part that shows rows. */
  readonly viewportHeight: number;
  readonly rowHeight: number;
  readonly total: number;
}

export interface RowWindow {
  /** The position of the first row that is in the document, and of the first one behind. */
  readonly first: number;
  readonly end: number;
  /** Where the first row stands in the list. */
  readonly top: number;
  /** Of the whole list. */
  readonly height: number;
}

/** Rows before and behind those in view, so that scrolling a little shows no gap. */
const OVERSCAN_ROWS = 10;

/** However tall the screen is: more would make each update slow. */
const MAX_ROWS = 400;

/**
 * Browsers do not make elements as tall as one likes: Firefox ends somewhat above 17 million pixels. Beyond this height, which
 * a list has at more than half a million rows, a pixel of the scroll bar is more than a pixel of the list.
 */
export const MAX_HEIGHT_PX = 15_000_000;

export function rowWindow(scrolled: Scrolled): RowWindow {
  const { viewportHeight, rowHeight, total } = scrolled;
  const { height, scrollTop, listTop } = placed(scrolled);
  const first = Math.max(0, Math.floor(listTop / rowHeight) - OVERSCAN_ROWS);
  const behind = Math.ceil((listTop + viewportHeight) / rowHeight) + OVERSCAN_ROWS;
  const end = Math.min(total, behind, first + MAX_ROWS);
  return { first, end, top: scrollTop - listTop + first * rowHeight, height };
}

/** The position of the first row that can be seen whole. */
export function firstVisible(scrolled: Scrolled): number {
  return Math.min(Math.ceil(placed(scrolled).listTop / scrolled.rowHeight), Math.max(0, scrolled.total - 1));
}

/** How many rows can be seen whole: at least one. */
export function visibleRows({ viewportHeight, rowHeight }: Scrolled): number {
  return Math.max(1, Math.floor(viewportHeight / rowHeight));
}

/** Where to scroll so that the row can be seen, moving no more than needed. */
export function scrollTopToShow(position: number, scrolled: Scrolled): number {
  const { viewportHeight, rowHeight } = scrolled;
  const { listTop, ratio } = placed(scrolled);
  const rowTop = position * rowHeight;
  if (rowTop < listTop) return rowTop / ratio;
  const lowest = rowTop + rowHeight - viewportHeight;
  return lowest > listTop ? lowest / ratio : listTop / ratio;
}

/** `listTop`: how far the list would be scrolled if it were as tall as its rows, `ratio` times as far as it is. */
function placed({ scrollTop, viewportHeight, rowHeight, total }: Scrolled) {
  const listHeight = total * rowHeight;
  const height = Math.min(listHeight, MAX_HEIGHT_PX);
  const scrollable = Math.max(0, height - viewportHeight);
  const ratio = scrollable === 0 ? 1 : Math.max(0, listHeight - viewportHeight) / scrollable;
  const within = Math.min(Math.max(0, scrollTop), scrollable);
  return { height, scrollTop: within, listTop: within * ratio, ratio };
}
