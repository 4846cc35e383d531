// `npm run test:packages`: builds the packages and the release, and installs, runs and removes them. What it needs is made in a cache folder where it is missing.
// Arguments go to vitest.
import { testWorld } from './test-world.ts';

process.exitCode = await testWorld('packages', process.argv.slice(2));
