// Reading an answer of /metrics: independent of the writer that made it.

/** The value of the sample of this name that has these labels, and perhaps others; undefined if there is none. */
export function sampleValue(
  text: string,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number | undefined {
  const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  const line = text.split('\n').find((candidate) => {
    const [, found, own = ''] = /^(\w+)(?:\{(.*)\})? \S+$/.exec(candidate) ?? [];
    return found === name && wanted.every((pair) => own.split(/,(?=\w+=")/).includes(pair));
  });
  return line === undefined ? undefined : Number(line.slice(line.lastIndexOf(' ') + 1));
}
