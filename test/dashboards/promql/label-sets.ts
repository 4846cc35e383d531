// Sets of labels, put together and taken apart.

export type LabelSet = ReadonlySet<string>;

export function union(...sets: readonly Iterable<string>[]): LabelSet {
  return new Set(sets.flatMap((set) => [...set]));
}

/** Those of the first that no other has. */
export function without(set: Iterable<string>, ...others: readonly Iterable<string>[]): LabelSet {
  const taken = union(...others);
  return new Set([...set].filter((label) => !taken.has(label)));
}
