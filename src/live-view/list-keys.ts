// Keys that move the selection in a list.

export interface ListExtent {
  readonly total: number;
  /** Rows that are in view. */
  readonly pageRows: number;
  /** The first one in view: where the keys begin if nothing is selected. */
  readonly firstVisible: number;
}

/** The position that the key selects; undefined where it is no such key, or there is no row. */
export function keyTarget(key: string, position: number | undefined, extent: ListExtent): number | undefined {
  const target = unlimitedTarget(key, position, extent);
  if (target === undefined || extent.total === 0) return undefined;
  return Math.min(Math.max(0, target), extent.total - 1);
}

function unlimitedTarget(key: string, position: number | undefined, extent: ListExtent): number | undefined {
  const { total, pageRows, firstVisible } = extent;
  switch (key) {
    case 'ArrowDown':
      return position === undefined ? firstVisible : position + 1;
    case 'ArrowUp':
      return position === undefined ? firstVisible : position - 1;
    case 'PageDown':
      return (position ?? firstVisible) + pageRows;
    case 'PageUp':
      return (position ?? firstVisible) - pageRows;
    case 'Home':
      return 0;
    case 'End':
      return total - 1;
    default:
      return undefined;
  }
}
