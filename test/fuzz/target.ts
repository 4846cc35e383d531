// What a fuzz target is: code that takes bytes from elsewhere, and what must hold whatever these are.

/** The tests run it on what is committed, Jazzer.js on millions of inputs that it makes of them. */
export interface FuzzTarget {
  /** Gives the bytes to the code. Throws, or rejects, where something does not hold. */
  check(input: Uint8Array): void | Promise<void>;
  /** Inputs to begin with: one of each kind that the code takes. */
  readonly taken: readonly Uint8Array[];
  /** And such as it may refuse. */
  readonly others?: readonly Uint8Array[];
  /** Words that the code looks for: inputs are made of these, too. */
  readonly words?: readonly string[];
  /** In bytes; what is longer shows nothing new, and takes time. */
  readonly maxLength?: number;
}

export const DEFAULT_MAX_LENGTH = 4_096;

/** All that fuzzing begins with. */
export function seedsOf({ taken, others = [] }: FuzzTarget): readonly Uint8Array[] {
  return [...taken, ...others];
}

/** The bytes in memory of their own: the Buffers that they come in may be pieces of others. */
export function checkInput(target: FuzzTarget, input: Uint8Array): void | Promise<void> {
  return target.check(Uint8Array.from(input));
}

/** Input for a target that checks several parsers: which of them the bytes go to, by the first byte, and the bytes. */
export function choose<T>(choices: readonly T[], input: Uint8Array): { readonly choice: T; readonly rest: Uint8Array } {
  const choice = choices[(input[0] ?? 0) % choices.length];
  if (choice === undefined) throw new Error('there is nothing to choose from');
  return { choice, rest: input.subarray(1) };
}

/** Texts as inputs of such a target. */
export function chosen(choice: number, ...texts: readonly (string | Uint8Array)[]): Uint8Array[] {
  return texts.map((text) => Buffer.concat([Uint8Array.of(choice), Buffer.from(text)]));
}

/** Invalid UTF-8 becomes U+FFFD, as it does where files are read. */
export function textOf(input: Uint8Array): string {
  return Buffer.from(input.buffer, input.byteOffset, input.byteLength).toString('utf8');
}
