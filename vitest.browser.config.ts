// The pages in a real browser: `npm run test:browser` installs it where it is missing, and runs these.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/browser/**/*.test.ts'],
    globalSetup: ['test/setup.ts', 'test/browser/setup.ts'],
    // One after another: each starts a browser that would take the processors from the others.
    fileParallelism: false,
    // They measure nothing: what hangs is to end at last, on the slowest machine as well.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
