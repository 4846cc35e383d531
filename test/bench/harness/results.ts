// The results of benchmarks as a file: each part has its own last one, with where and when it was measured.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Machine, thisMachine } from './machine.ts';
import type { Part, PartResult } from './part.ts';

export interface Measured extends PartResult {
  readonly machine: Machine;
  /** The day, in UTC: `2026-01-31`. */
  readonly date: string;
  readonly minutes: number;
}

/** By the names of parts. */
export type Results = Readonly<Record<string, Measured>>;

export async function measurePart(part: Part): Promise<Measured> {
  const startMs = performance.now();
  const result = await part.run();
  const minutes = Math.round((performance.now() - startMs) / 6_000) / 10;
  return { ...result, machine: thisMachine(), date: new Date().toISOString().slice(0, 10), minutes };
}

/** Nothing where there is no such file yet. */
export function readResults(file: string): Results {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    throw error;
  }
}

/** Puts these in the place of what the file has of the same parts. */
export function addResults(file: string, results: Results): Results {
  const all = { ...readResults(file), ...results };
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(all, undefined, 1)}\n`);
  return all;
}
