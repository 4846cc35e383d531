// Tests mirror src/; a test that needs a built program finds it made by the global set-up.
// What needs Windows, or Wine, is run by vitest.windows.config.ts; what needs real receivers, by vitest.peers.config.ts.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/on-windows/**', 'test/worlds/wine/**', 'test/peers/**'],
    globalSetup: ['test/setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
