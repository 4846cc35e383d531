// `npm run test:browser`: the pages in a real Chromium, which is installed where it is missing, with real sockets of this Linux host.
// Arguments go to vitest. Figures: build/browser-test/results/browser.json
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT_CANNOT_RUN, PROJECT, runCommand, vitestArguments } from './run-command.ts';

const results = join(PROJECT, 'build', 'browser-test', 'results');

process.exitCode = await main();

async function main(): Promise<number> {
  if (process.platform !== 'linux') {
    console.error('test:browser: needs Linux');
    return EXIT_CANNOT_RUN;
  }
  rmSync(results, { recursive: true, force: true });
  const made = await runCommand(join(PROJECT, 'test', 'worlds', 'browser', 'setup.sh'), []);
  if (made !== 0) return made;
  const args = vitestArguments('vitest.browser.config.ts', join(results, 'browser.json'), ...process.argv.slice(2));
  return runCommand(process.execPath, args);
}
