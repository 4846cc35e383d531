// `npm run test:peers`: real data of this Linux host into real receivers, which are made in a cache folder where they are missing.
// Arguments go to vitest.
import { testWorld } from './test-world.ts';

process.exitCode = await testWorld('peers', process.argv.slice(2));
