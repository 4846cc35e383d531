// Whether two series of times can be told apart: the rank sum test of Mann, Whitney and Wilcoxon.

/**
 * In how many standard deviations the ranks of `these` lie above what chance gives (below, where negative), by the normal
 * approximation for series of 20 and more. Beyond 1.96 either way, chance alone does it once in twenty times.
 */
export function rankDeviation(these: readonly number[], others: readonly number[]): number {
  let above = 0;
  for (const one of these) for (const other of others) above += one > other ? 1 : one === other ? 0.5 : 0;
  const pairs = these.length * others.length;
  return (above - pairs / 2) / Math.sqrt((pairs * (these.length + others.length + 1)) / 12);
}
