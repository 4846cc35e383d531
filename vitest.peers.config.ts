// Real receivers and real data of this Linux host: `npm run test:peers` makes what is missing, and runs these.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // The soak wants the processors for itself, too.
    include: ['test/peers/**/*.test.ts', 'test/soak/soak.test.ts'],
    globalSetup: ['test/setup.ts', 'test/peers/setup.ts'],
    // One after another: each starts a receiver that would take the processors from the others.
    fileParallelism: false,
    // They measure nothing: what hangs is to end at last, on the slowest machine as well.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
