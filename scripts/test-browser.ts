// `npm run test:browser`: the pages in a real Chromium, which is installed where it is missing, with real sockets of this Linux host.
// Arguments go to vitest.
import { testWorld } from './test-world.ts';

process.exitCode = await testWorld('browser', process.argv.slice(2));
