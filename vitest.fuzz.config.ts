// Inputs by the ten thousand, guided by what they reach: `npm run test:fuzz` makes what is missing, and runs these.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/fuzz/guided/**/*.test.ts'],
    // Each target fills one processor.
    fileParallelism: false,
    maxConcurrency: 2,
    // They measure nothing: what hangs is to end at last, on the slowest machine as well.
    testTimeout: 600_000,
    hookTimeout: 120_000,
  },
});
