// A line over the latest collections, as the path of an SVG.

/** Of the picture, in its own units. */
export const SPARKLINE_WIDTH = 60;
export const SPARKLINE_HEIGHT = 14;

/** The line and its width must not be cut off at the edges. */
const MARGIN = 1;

/** From 0 to the largest value. A null leaves a gap; what stands alone between gaps is a dot. Empty without a value. */
export function sparklinePath(values: readonly (number | null)[]): string {
  const largest = Math.max(1, ...values.map((value) => value ?? 0));
  const step = (SPARKLINE_WIDTH - 2 * MARGIN) / Math.max(1, values.length - 1);
  let path = '';
  values.forEach((value, index) => {
    if (value === null) return;
    const x = MARGIN + index * step;
    const y = SPARKLINE_HEIGHT - MARGIN - (value / largest) * (SPARKLINE_HEIGHT - 2 * MARGIN);
    const goesOn = index > 0 && values[index - 1] !== null;
    path += `${goesOn ? 'L' : 'M'}${round(x)} ${round(y)}`;
    const standsAlone = !goesOn && (values[index + 1] ?? null) === null;
    if (standsAlone) path += 'h0.01';
  });
  return path;
}

function round(length: number): number {
  return Math.round(length * 10) / 10;
}
