// What is compared in one process, by turns, so that all of it sees the same machine.
import { quantile } from './figures.ts';

/** Each is warmed up as long, so that the engine has compiled it. */
const WARM_UP_MS = 200;
const MEASURED_MS = 200;
/** One turn: long enough to find in the caches what the run before left there. */
const RUNS_A_TURN = 5;
const MIN_TURNS = 2;

/** The medians of what each call returns, in its unit: a time that it took itself. */
export function mediansByTurns<Name extends string>(calls: Readonly<Record<Name, () => number>>): Record<Name, number> {
  const all = Object.entries<() => number>(calls);
  for (const [, call] of all) repeatFor(WARM_UP_MS, call);
  const times = new Map(all.map(([name]) => [name, [] as number[]]));
  const endMs = performance.now() + MEASURED_MS * all.length;
  for (let turn = 0; turn < MIN_TURNS || performance.now() < endMs; turn++) {
    for (const [name, call] of all) {
      for (let run = 0; run < RUNS_A_TURN; run++) times.get(name)?.push(call());
    }
  }
  const medians = all.map(([name]) => [
    name,
    quantile(
      (times.get(name) ?? []).toSorted((one, other) => one - other),
      0.5,
    ),
  ]);
  return Object.fromEntries(medians) as Record<Name, number>;
}

/** Milliseconds of one call. */
export function timed(call: () => void): number {
  const startMs = performance.now();
  call();
  return performance.now() - startMs;
}

function repeatFor(durationMs: number, call: () => void): void {
  const endMs = performance.now() + durationMs;
  do call();
  while (performance.now() < endMs);
}
