// The packages and the release, built and then used as their users do: `npm run test:packages` makes what is missing, and runs these.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/packages/**/*.test.ts'],
    globalSetup: ['test/setup.ts'],
    // One after another: each fills both processors with a build, or an installation.
    fileParallelism: false,
    // They measure nothing: what hangs is to end at last, on the slowest machine as well.
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
