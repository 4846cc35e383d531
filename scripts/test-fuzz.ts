// `npm run test:fuzz`: the short form of `npm run fuzz`, with the same inputs each time; what it needs is made in a cache folder where it is missing.
// Arguments go to vitest.
import { testWorld } from './test-world.ts';

process.exitCode = await testWorld('fuzz', process.argv.slice(2));
