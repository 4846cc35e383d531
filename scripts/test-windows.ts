// `npm run test:windows`: the Windows suites, on a Windows host or, on Debian as root, in a Wine world that it makes.
// Arguments go to vitest. Figures: build/windows-test/results/*.json, one file a run of vitest.
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { MSI_PACKAGES, NEXT_VERSION, NEXT_VERSION_PACKAGES } from '../test/support/msi-packages.ts';
import { fetchPackages, WINDOWS_PACKAGES } from '../test/support/npm-registry.ts';
import { buildRecordingPackages } from '../test/worlds/msi/build.ts';
import { buildStandinDlls } from '../test/worlds/standin/build.ts';
import { buildService } from '../test/worlds/wine/build-service.ts';
import { build } from './build.ts';
import { buildExecutables, EXECUTABLES } from './build-exe.ts';
import { buildMsi } from './build-msi.ts';
import { buildNpm } from './build-npm.ts';
import { EXIT_CANNOT_RUN, PROJECT, runCommand, vitestArguments } from './run-command.ts';

/** What is built for Windows: inside of the project, since Wine sees nothing else. */
const folder = join(PROJECT, 'build', 'windows-test');
const results = join(folder, 'results');
const world = join(PROJECT, 'test', 'worlds', 'wine');

/** At once, each with a part of the files: their tests wait most of the time, and no world sees another's sockets, services or files. */
const WINE_WORLDS = 2;

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
    await buildNpmPackage();
    return runCommand(process.execPath, vitest('windows'));
  }
  const made = await runCommand(join(world, 'setup.sh'), []);
  if (made !== 0) return made;
  await build();
  await buildExecutables(['win32-x64']);
  await buildMsiPackages();
  await buildNpmPackage();
  buildStandinDlls(folder);
  buildService(folder);
  const inside = await Promise.all(
    Array.from({ length: WINE_WORLDS }, (_, index) => {
      const shard = `${index + 1}/${WINE_WORLDS}`;
      return runCommand(join(world, 'run.sh'), vitest(`inside-wine-${index + 1}`, `--shard=${shard}`));
    }),
  );
  const outside = await runCommand(process.execPath, vitest('outside-wine'));
  return Math.max(...inside, outside);
}

/** Why the suites cannot run here; undefined when they can. */
function findObstacle(): string | undefined {
  if (process.platform === 'win32') return undefined;
  if (process.platform !== 'linux' || !existsSync('/etc/debian_version')) return 'needs Windows, or Debian with root';
  if (process.getuid?.() !== 0) return 'needs root, for the namespaces and the file system of the Wine world';
  if (process.arch !== 'x64') return 'needs an x64 host, for Wine';
  return undefined;
}

/** That of this version, and one to upgrade to; and those whose program writes down what it is called with. */
async function buildMsiPackages(): Promise<void> {
  await buildMsi({ from: join(EXECUTABLES, 'win32-x64'), into: MSI_PACKAGES, arch: 'x64' });
  const next = join(folder, 'exe-of-next-version');
  await buildExecutables(['win32-x64'], next, NEXT_VERSION);
  const from = join(next, 'win32-x64');
  await buildMsi({ from, into: NEXT_VERSION_PACKAGES, arch: 'x64', version: NEXT_VERSION });
  await buildRecordingPackages(join(folder, 'recording-packages'));
}

/** And has npm fetch what it depends on: Wine has no network. */
async function buildNpmPackage(): Promise<void> {
  const packages = join(folder, 'npm');
  await buildNpm({ into: packages });
  fetchPackages(WINDOWS_PACKAGES, packages);
}

/** A run of vitest, whose figures get this name. */
function vitest(name: string, ...more: readonly string[]): string[] {
  return vitestArguments(
    'vitest.windows.config.ts',
    join(results, `${name}.json`),
    // Which files are asked for may all be of the other run.
    ...(args.length === 0 ? [] : ['--passWithNoTests']),
    ...more,
    ...args,
  );
}
