// How fast a quantity grows over noisy samples: a few that are far off, as memory has them, do not turn it.

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The median of the slopes between all pairs of points (Theil–Sen). Throws where there are not two different x. */
export function slopeOf(points: readonly Point[]): number {
  const slopes = points.flatMap((first, index) =>
    points
      .slice(index + 1)
      .filter(({ x }) => x !== first.x)
      .map(({ x, y }) => (y - first.y) / (x - first.x)),
  );
  return medianOf(slopes);
}

/** Throws where there is none. */
export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  if (low === undefined || high === undefined) throw new Error('there is no median of no values');
  return (low + high) / 2;
}
