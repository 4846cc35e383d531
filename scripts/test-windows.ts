// `npm run test:windows`: the Windows suites, on a Windows host or, on Debian as root, in a Wine world that it makes.
// Arguments go to vitest. Figures: build/windows-test/results/*.json, one file a run of vitest.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildStandinDlls } from '../test/worlds/standin/build.ts';
import { buildService } from '../test/worlds/wine/build-service.ts';
import { build } from './build.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
/** What is built for Windows: inside of the project, since Wine sees nothing else. */
const folder = join(root, 'build', 'windows-test');
const results = join(folder, 'results');
const world = join(root, 'test', 'worlds', 'wine');
const VITEST = 'node_modules/vitest/vitest.mjs';
const EXIT_CANNOT_RUN = 1;
/** Not SIGINT: a terminal sends it to the command too. */
const ENDING_SIGNALS = ['SIGTERM', 'SIGHUP'] as const;

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
    return run(process.execPath, vitest('windows'));
  }
  const made = await run(join(world, 'setup.sh'), []);
  if (made !== 0) return made;
  await build();
  buildStandinDlls(folder);
  buildService(folder);
  const inside = await run(join(world, 'run.sh'), vitest('inside-wine'));
  const outside = await run(process.execPath, vitest('outside-wine'));
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

/** The arguments of Node for a run of vitest, whose figures get this name. */
function vitest(name: string): string[] {
  return [
    VITEST,
    'run',
    '--config=vitest.windows.config.ts',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=build/windows-test/results/${name}.json`,
    // Which files are asked for may all be of the other run.
    ...(args.length === 0 ? [] : ['--passWithNoTests']),
    ...args,
  ];
}

/** Runs a command in the project's folder and gives its exit code. A signal that is to end us ends it first, and then us. */
async function run(command: string, commandArgs: readonly string[]): Promise<number> {
  const child = spawn(command, commandArgs, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  let isEnding = false;
  const passOn = (signal: NodeJS.Signals): void => {
    isEnding = true;
    child.kill(signal);
  };
  for (const signal of ENDING_SIGNALS) process.on(signal, passOn);
  const [code] = (await once(child, 'exit')) as [number | null];
  for (const signal of ENDING_SIGNALS) process.off(signal, passOn);
  if (isEnding) process.exit(EXIT_CANNOT_RUN);
  return code ?? EXIT_CANNOT_RUN;
}
