// The Windows suites. On Windows, or Wine, the suites themselves; on Linux, what looks at the Wine world from outside.
import { defineConfig } from 'vitest/config';

const ON_WINDOWS = [
  'test/on-windows/**/*.test.ts',
  'test/sources/windows/**/*.test.ts',
  'test/windows-service/**/*.test.ts',
  'test/collector/hanging-call.test.ts',
  'test/faults/{nobody-reads,worker}.test.ts',
];
const OUTSIDE_OF_WINE = ['test/worlds/wine/**/*.test.ts'];

export default defineConfig({
  test: {
    include: process.platform === 'win32' ? ON_WINDOWS : OUTSIDE_OF_WINE,
    // One after another: what one suite opens is in the tables that another's program reads.
    fileParallelism: false,
    // They measure nothing: what hangs is to end at last, on the slowest machine as well.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
