// Makes dist/: the program and its workers, bundled; koffi stays outside, it has a native binary.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build as bundle, type Plugin, stop } from 'esbuild';
import { OLDEST_NODE } from '../src/cli/node-version.ts';
import { commonOptions, MAIN, WORKER_ENTRIES } from './bundle.ts';
import { bundleLiveView } from './bundle-live-view.ts';
import { bundledPackages } from './bundled-packages.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What was in the folder is replaced. Resolves with the packages of which there is something in it: folders below the project, sorted. */
export async function build(outdir = join(root, 'dist')): Promise<string[]> {
  await rm(outdir, { recursive: true, force: true });
  const liveView = await bundleLiveView();
  const { metafile } = await bundle({
    ...commonOptions(liveView),
    entryPoints: { main: MAIN, ...WORKER_ENTRIES },
    outdir,
    metafile: true,
    // What is used only sometimes stays in a chunk of its own, and is read only then.
    splitting: true,
    target: `node${OLDEST_NODE}`,
    // The second is the SDK's own search for a machine's id, which starts programs: nothing asks for it, and it stays out.
    external: ['koffi', './getMachineId-*'],
    // Bundled CommonJS packages call require for Node's own modules.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module';const require = __createRequire(import.meta.url);",
    },
    legalComments: 'linked',
  });
  await bundleStart(outdir);
  // Its process would go on beside the program that `npm start` runs.
  await stop();
  return [...new Set([...liveView.packages, ...bundledPackages(metafile)])].sort();
}

/** The file that Node.js is started with, in the syntax of very old ones: it is to tell them that they are too old. */
async function bundleStart(outdir: string): Promise<void> {
  await bundle({
    absWorkingDir: root,
    entryPoints: { 'netstat-exporter': 'src/cli/start.ts' },
    outdir,
    bundle: true,
    minifyWhitespace: true,
    format: 'esm',
    platform: 'node',
    target: 'node10',
    // They can read it, and do not come to it.
    supported: { 'dynamic-import': true },
    plugins: [besideMain],
    logLevel: 'warning',
  });
}

const besideMain: Plugin = {
  name: 'the program is a file of its own',
  setup: ({ onResolve }) => {
    onResolve({ filter: /^\.\/main\.ts$/ }, () => ({ path: './main.js', external: true }));
  },
};

if (import.meta.main) await build();
