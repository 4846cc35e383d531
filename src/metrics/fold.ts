// Folding: which groups have series of their own, and which are counted together as `_other`.

/** The label values that no group has by itself. */
export const OTHER = '_other';
export const NONE = '_none';
export const UNKNOWN = '_unknown';

/** What folding needs to know of a group. */
export interface Candidate {
  readonly listens: boolean;
  readonly endpoints: number;
  /** Named by the configuration: shown whatever the limit. */
  readonly pinned: boolean;
}

/**
 * Those that listen come first, then those with the most endpoints; ties stay in the order given, which is to be that of
 * their names, so that equal hosts show equal groups. Pinned groups take no place from the others.
 */
export function fold<T extends Candidate>(
  candidates: readonly T[],
  limit: number,
): { readonly shown: readonly T[]; readonly folded: readonly T[] } {
  const pinned = candidates.filter((candidate) => candidate.pinned);
  const ordered = candidates
    .filter((candidate) => !candidate.pinned)
    .sort((a, b) => Number(b.listens) - Number(a.listens) || b.endpoints - a.endpoints);
  return { shown: [...pinned, ...ordered.slice(0, limit)], folded: ordered.slice(limit) };
}
