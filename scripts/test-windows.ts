// `npm run test:windows`: the Windows suites, on a Windows host or, on Debian as root, in a Wine world that it makes.
// Arguments go to vitest. Figures: build/windows-test/results/*.json, one file a run of vitest.
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildStandinDlls } from '../test/worlds/standin/build.ts';
import { buildService } from '../test/worlds/wine/build-service.ts';
import { build } from './build.ts';
import { buildExecutables } from './build-exe.ts';
import { EXIT_CANNOT_RUN, PROJECT, runCommand, vitestArguments } from './run-command.ts';

/** What is built for Windows: inside of the project, since Wine sees nothing else. */
const folder = join(PROJECT, 'build', 'windows-test');
const results = join(folder, 'results');
const world = join(PROJECT, 'test', 'worlds', 'wine');

const args = process.argv.slice(2);
process.exitCode = await main();

async function main(): Promise<number> {
  const obstacle = findObstacle();
  if (obstacle !== undefined) {
    console.error(`test:windows: ${obstacle}`);
    return EXIT_CANNOT_RUN;
  }
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });
  if (process.platform === 'win32') {
    await build();
    return runCommand(process.execPath, vitest('windows'));
  }
  const made = await runCommand(join(world, 'setup.sh'), []);
  if (made !== 0) return made;
  await build();
  await buildExecutables(['win32-x64']);
  buildStandinDlls(folder);
  buildService(folder);
  const inside = await runCommand(join(world, 'run.sh'), vitest('inside-wine'));
  const outside = await runCommand(process.execPath, vitest('outside-wine'));
  return inside || outside;
}

/** Why the suites cannot run here; undefined when they can. */
function findObstacle(): string | undefined {
  if (process.platform === 'win32') return undefined;
  if (process.platform !== 'linux' || !existsSync('/etc/debian_version')) return 'needs Windows, or Debian with root';
  if (process.getuid?.() !== 0) return 'needs root, for the namespaces and the file system of the Wine world';
  if (process.arch !== 'x64') return 'needs an x64 host, for Wine';
  return undefined;
}

/** A run of vitest, whose figures get this name. */
function vitest(name: string): string[] {
  return vitestArguments(
    'vitest.windows.config.ts',
    join(results, `${name}.json`),
    // Which files are asked for may all be of the other run.
    ...(args.length === 0 ? [] : ['--passWithNoTests']),
    ...args,
  );
}
