// Makes dist/: the program and its collection worker, bundled; koffi stays outside, it has a native binary.
import { execFileSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build as bundle, stop } from 'esbuild';
import packageJson from '../package.json' with { type: 'json' };
import { bundleLiveView } from './bundle-live-view.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

export async function build(): Promise<void> {
  const outdir = join(root, 'dist');
  await rm(outdir, { recursive: true, force: true });
  const liveView = await bundleLiveView();
  await bundle({
    absWorkingDir: root,
    entryPoints: {
      'netstat-exporter': 'src/cli/main.ts',
      'collection-worker': 'src/cli/collection-worker.ts',
      'wmi-worker': 'src/cli/wmi-worker.ts',
      'password-worker': 'src/cli/password-worker.ts',
    },
    outdir,
    bundle: true,
    // A source's text stays in memory; names stay readable in stack traces.
    minifyWhitespace: true,
    minifySyntax: true,
    // What is used only sometimes stays in a chunk of its own, and is read only then.
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22.18',
    // The second is the SDK's own search for a machine's id, which starts programs: nothing asks for it, and it stays out.
    external: ['koffi', './getMachineId-*'],
    define: {
      BUILD_VERSION: JSON.stringify(packageJson.version),
      BUILD_REVISION: JSON.stringify(revision()),
      LIVE_VIEW_SCRIPT: JSON.stringify(liveView.script),
      LIVE_VIEW_STYLE: JSON.stringify(liveView.style),
    },
    // Bundled CommonJS packages call require for Node's own modules.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module';const require = __createRequire(import.meta.url);",
    },
    legalComments: 'linked',
    logLevel: 'warning',
  });
  // Its process would go on beside the program that `npm start` runs.
  await stop();
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

if (import.meta.main) await build();
