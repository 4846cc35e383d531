// Runs the tests of a world of Linux: what it lacks is made first. Figures: build/WORLD-test/results/WORLD.json
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT_CANNOT_RUN, PROJECT, runCommand, vitestArguments } from './run-command.ts';

/** `args` go to vitest. Gives the exit code. */
export async function testWorld(
  world: 'peers' | 'browser' | 'packages' | 'fuzz',
  args: readonly string[],
): Promise<number> {
  if (process.platform !== 'linux') {
    console.error(`test:${world}: needs Linux`);
    return EXIT_CANNOT_RUN;
  }
  const results = join(PROJECT, 'build', `${world}-test`, 'results');
  rmSync(results, { recursive: true, force: true });
  const made = await runCommand(join(PROJECT, 'test', 'worlds', world, 'setup.sh'), []);
  if (made !== 0) return made;
  const figures = join(results, `${world}.json`);
  return runCommand(process.execPath, vitestArguments(`vitest.${world}.config.ts`, figures, ...args));
}
