// `npm run test:peers`: real data of this Linux host into real receivers, which are made in a cache folder where they are missing.
// Arguments go to vitest. Figures: build/peers-test/results/peers.json
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT_CANNOT_RUN, PROJECT, runCommand, vitestArguments } from './run-command.ts';

const results = join(PROJECT, 'build', 'peers-test', 'results');

process.exitCode = await main();

async function main(): Promise<number> {
  if (process.platform !== 'linux') {
    console.error('test:peers: needs Linux');
    return EXIT_CANNOT_RUN;
  }
  rmSync(results, { recursive: true, force: true });
  const made = await runCommand(join(PROJECT, 'test', 'worlds', 'peers', 'setup.sh'), []);
  if (made !== 0) return made;
  const args = vitestArguments('vitest.peers.config.ts', join(results, 'peers.json'), ...process.argv.slice(2));
  return runCommand(process.execPath, args);
}
