// Tests mirror src/; a test that needs a built program finds it made by the global set-up.
// What needs Windows, or Wine, is run by vitest.windows.config.ts; what needs real receivers, by vitest.peers.config.ts;
// what needs a browser, by vitest.browser.config.ts; packages, by vitest.packages.config.ts; with inputs
// that are guided by what they reach, by vitest.fuzz.config.ts.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [
      'test/on-windows/**',
      'test/worlds/wine/**',
      'test/peers/**',
      'test/browser/**',
      'test/packages/**',
      'test/soak/soak.test.ts',
      'test/fuzz/guided/**',
    ],
    globalSetup: ['test/setup.ts'],
    // Of two processors the runner would use one; its tests wait as much as they work.
    maxWorkers: '100%',
    // They measure nothing: what hangs is to end at last, on the slowest machine as well.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
