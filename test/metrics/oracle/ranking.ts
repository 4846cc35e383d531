// Which groups the oracle shows: rule 4 of the metrics' contract.

/** A name of a group for sorting: texts and numbers, compared one after the other. */
export type Order = readonly (string | number)[];

export interface Candidate {
  readonly key: string;
  readonly order: Order;
  readonly listens: boolean;
  readonly endpoints: number;
}

/** What a group that is shown already counts more than a hidden one. */
const SHOWN_WEIGHT = 1.25;

/** The keys of the best `limit`, and how many are left. */
export function choose(
  candidates: readonly Candidate[],
  limit: number,
  shownBefore: ReadonlySet<string>,
): { readonly shown: ReadonlySet<string>; readonly hidden: number } {
  const weight = ({ key, endpoints }: Candidate): number => endpoints * (shownBefore.has(key) ? SHOWN_WEIGHT : 1);
  const best = candidates.toSorted(
    (a, b) =>
      Number(b.listens) - Number(a.listens) ||
      weight(b) - weight(a) ||
      Number(shownBefore.has(b.key)) - Number(shownBefore.has(a.key)) ||
      compare(a.order, b.order),
  );
  const shown = best.slice(0, limit);
  return { shown: new Set(shown.map(({ key }) => key)), hidden: candidates.length - shown.length };
}

/** Texts by their UTF-16 code units, as the language compares them. */
function compare(a: Order, b: Order): number {
  for (const [index, left] of a.entries()) {
    const right = b[index] ?? left;
    if (left < right) return -1;
    if (left > right) return 1;
  }
  return 0;
}
