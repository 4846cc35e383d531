// All benchmarks, in the order in which they run and stand in docs/performance.md.
import type { Part } from './harness/part.ts';

export const PARTS: readonly Part[] = [];
