// Random numbers that are the same each time: a failure can be played again.

export interface Random {
  /** 0 to `below` - 1. */
  integer(below: number): number;
  pick<T>(choices: readonly [T, ...T[]]): T;
  chance(probability: number): boolean;
  /** Characters that are a byte each. */
  bytes(length: number): string;
}

/** Two numbers that are known to give all 32-bit states: the generator of Numerical Recipes, section 7.1. */
const MULTIPLIER = 1_664_525;
const INCREMENT = 1_013_904_223;
const MODULUS = 2 ** 32;
/** What comes first still resembles the seed. */
const SKIPPED = 8;

export function seeded(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (Math.imul(state, MULTIPLIER) + INCREMENT) >>> 0;
    return state / MODULUS;
  };
  for (let i = 0; i < SKIPPED; i += 1) next();
  const integer = (below: number): number => Math.floor(next() * below);
  return {
    integer,
    pick: (choices) => choices[integer(choices.length)] ?? choices[0],
    chance: (probability) => next() < probability,
    bytes: (length) => String.fromCharCode(...Array.from({ length }, () => integer(256))),
  };
}
