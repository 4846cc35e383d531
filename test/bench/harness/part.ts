// What a benchmark is, and what it gives: tables, and the targets that it was held to.
import type { Figure, Unit } from './figures.ts';

/** One benchmark: `npm run bench -- NAME`. */
export interface Part {
  readonly name: string;
  readonly title: string;
  /** Markdown in front of the tables: what is measured, beside what, and how. No figures: those are measured. */
  readonly about: string;
  /** Undefined where it can run; otherwise what is missing, and how it is provided. */
  readonly obstacle?: () => string | undefined;
  readonly run: () => Promise<PartResult>;
}

export interface PartResult {
  readonly tables: readonly Table[];
  /** Those that are held to be reached; a missed one fails nothing, but is told. */
  readonly targets?: readonly Target[];
  /** Of what was measured beside this program, by name: `node_exporter` → `1.5.0`. */
  readonly versions?: Readonly<Record<string, string>>;
}

export interface Table {
  /** Empty for none. */
  readonly title: string;
  readonly columns: readonly string[];
  /** As many cells as there are columns. */
  readonly rows: readonly (readonly Cell[])[];
}

/** Text; a count; something measured; or its ratio to what the column's head says, measured in the same run. */
export type Cell = string | number | Figure | Ratio;

export interface Ratio {
  readonly ratio: number;
}

/** How many times the median of `other`. */
export function ratioOf(one: Figure, other: Figure): Ratio {
  return { ratio: one.median / other.median };
}

export interface Target {
  /** `a cold collection of 50,000 sockets, of the time of ss -tunap` */
  readonly of: string;
  readonly sense: 'at most' | 'at least';
  readonly bound: number;
  readonly measured: number;
  /** `times` for ratios. */
  readonly unit: Unit | 'times';
  /** Said where it is missed: why, after what effort. */
  readonly why: string;
}

export function isMet({ sense, bound, measured }: Target): boolean {
  return sense === 'at most' ? measured <= bound : measured >= bound;
}
