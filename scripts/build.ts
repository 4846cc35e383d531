// Makes dist/: the program and its workers, bundled; koffi stays outside, it has a native binary.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build as bundle, stop } from 'esbuild';
import { commonOptions, ENTRIES } from './bundle.ts';
import { bundleLiveView } from './bundle-live-view.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

export async function build(): Promise<void> {
  const outdir = join(root, 'dist');
  await rm(outdir, { recursive: true, force: true });
  await bundle({
    ...commonOptions(await bundleLiveView()),
    entryPoints: ENTRIES,
    outdir,
    // What is used only sometimes stays in a chunk of its own, and is read only then.
    splitting: true,
    target: 'node22.18',
    // The second is the SDK's own search for a machine's id, which starts programs: nothing asks for it, and it stays out.
    external: ['koffi', './getMachineId-*'],
    // Bundled CommonJS packages call require for Node's own modules.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module';const require = __createRequire(import.meta.url);",
    },
    legalComments: 'linked',
  });
  // Its process would go on beside the program that `npm start` runs.
  await stop();
}

if (import.meta.main) await build();
