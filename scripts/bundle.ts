// What the bundles of dist/ and of the single executable have in common.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { BuildOptions } from 'esbuild';
import packageJson from '../package.json' with { type: 'json' };
import { WORKERS } from '../src/cli/workers.ts';
import type { LiveView } from './bundle-live-view.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The program itself, and its workers by the names of their bundles. */
export const MAIN = 'src/cli/main.ts';
export const WORKER_ENTRIES: Readonly<Record<string, string>> = Object.fromEntries(
  WORKERS.map((name) => [name, `src/cli/${name}.ts`]),
);

export function commonOptions(liveView: LiveView, version = packageJson.version) {
  return {
    absWorkingDir: root,
    bundle: true,
    // A source's text stays in memory; names stay readable in stack traces.
    minifyWhitespace: true,
    minifySyntax: true,
    format: 'esm',
    platform: 'node',
    define: {
      BUILD_VERSION: JSON.stringify(version),
      BUILD_REVISION: JSON.stringify(revision()),
      LIVE_VIEW_SCRIPT: JSON.stringify(liveView.script),
      LIVE_VIEW_STYLE: JSON.stringify(liveView.style),
    },
    logLevel: 'warning',
  } as const satisfies BuildOptions;
}

/** The commit that is built, with a plus where files differ from it; empty outside a checkout. */
function revision(): string {
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: 'pipe' }).trim();
  try {
    return git('rev-parse', '--short=12', 'HEAD') + (git('status', '--porcelain', '--', 'src') === '' ? '' : '+');
  } catch {
    return '';
  }
}
