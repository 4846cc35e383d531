// Where panels are: the grid of a dashboard, in pixels.
import type { GridPosition } from './panel-json.ts';

export interface Size {
  readonly widthPixels: number;
  readonly heightPixels: number;
}

export interface Box extends Size {
  readonly x: number;
  readonly y: number;
}

export const PAGE_WIDTH = 1_280;
export const MARGIN = 16;
/** Grafana's own (public/app/core/constants.ts). */
const COLUMNS = 24;
const ROW_PIXELS = 30;
const GAP_PIXELS = 8;
const COLUMN_PIXELS = (PAGE_WIDTH - 2 * MARGIN - (COLUMNS - 1) * GAP_PIXELS) / COLUMNS;

/** Below the top of the grid. */
export function boxOf({ x, y, w, h }: GridPosition): Box {
  return {
    x: MARGIN + x * (COLUMN_PIXELS + GAP_PIXELS),
    y: y * (ROW_PIXELS + GAP_PIXELS),
    widthPixels: w * (COLUMN_PIXELS + GAP_PIXELS) - GAP_PIXELS,
    heightPixels: h * (ROW_PIXELS + GAP_PIXELS) - GAP_PIXELS,
  };
}
