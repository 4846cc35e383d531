// The bundles of the single executable: one text for the program and one for each worker, with all that they import in it.
import { isBuiltin } from 'node:module';
import { basename, join } from 'node:path';
import { build as bundle, type Metafile, type Plugin } from 'esbuild';
import { commonOptions, MAIN, WORKER_ENTRIES } from '../bundle.ts';
import { bundleLiveView } from '../bundle-live-view.ts';
import { bundledPackages } from '../bundled-packages.ts';
import { PROJECT } from '../run-command.ts';

/** Instead of koffi's own search for its binary, which would look into folders. */
const PACKED_KOFFI = join(PROJECT, 'src/cli/packed-koffi.ts');

/** What all targets' Node.js know: packaging/ and the development dependency `node`. */
const TARGET = 'node26';

/**
 * No file can be asked for from within: `require`, which bundled CommonJS packages call for Node's own modules, knows nothing
 * else. The place of a module is that of the executable: koffi wants one, for the search that it does not get to.
 */
const BANNER = `const require = (name) => {
  const module = process.getBuiltinModule(name);
  if (module === undefined) throw Object.assign(new Error(\`there is no \${name} in this program\`), { code: 'MODULE_NOT_FOUND' });
  return module;
};
const placeOfModules = require('node:url').pathToFileURL(process.execPath).href;`;
const PLACES = { 'import.meta.url': 'placeOfModules', 'import.meta.dirname': 'undefined' };

export interface Packed {
  /** By the names of the entries. */
  readonly scripts: ReadonlyMap<string, string>;
  /** The packages that are in them, as folders of node_modules, sorted. */
  readonly packages: readonly string[];
}

export async function bundlePacked(version?: string): Promise<Packed> {
  const liveView = await bundleLiveView();
  const common = commonOptions(liveView, version);
  const scripts = new Map<string, string>();
  const packages = new Set(liveView.packages);
  for (const [name, entry] of Object.entries({ 'netstat-exporter': MAIN, ...WORKER_ENTRIES })) {
    const { outputFiles, metafile } = await bundle({
      ...common,
      entryPoints: { [name]: entry },
      outdir: '.',
      write: false,
      metafile: true,
      // Paths in the texts are then those of a checkout, wherever its node_modules are.
      preserveSymlinks: true,
      target: TARGET,
      define: { ...common.define, ...PLACES },
      banner: { js: BANNER },
      legalComments: 'none',
      plugins: [packedKoffi, withoutMachineIds],
    });
    const script = outputFiles.find(({ path }) => basename(path) === `${name}.js`);
    if (script === undefined) throw new Error(`esbuild made nothing of ${entry}`);
    requireWhole(metafile);
    // By this name stack traces call it, whatever its URL is.
    scripts.set(name, `${inAscii(script.text)}//# sourceURL=${name}.js\n`);
    for (const folder of bundledPackages(metafile)) packages.add(folder);
  }
  return { scripts, packages: [...packages].sort() };
}

/** A text with a single character beyond Latin-1 takes twice the memory. esbuild leaves them in templates, as tags may see how they are written; ours do not look. */
function inAscii(script: string): string {
  return script.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Throws where something would be imported from a file. What is required is no matter: only what may be missing is left out. */
function requireWhole({ outputs }: Metafile): void {
  const imports = Object.values(outputs).flatMap((output) => output.imports);
  const missing = imports.find(({ path, kind }) => kind !== 'require-call' && !isBuiltin(path));
  if (missing !== undefined) throw new Error(`the bundle imports ${missing.path}, which is not in it`);
}

const packedKoffi: Plugin = {
  name: "koffi's binary is packed",
  setup: ({ onResolve }) => {
    onResolve({ filter: /\/static\.js$/ }, ({ importer }) =>
      importer.includes(join('node_modules', 'koffi')) ? { path: PACKED_KOFFI } : undefined,
    );
  },
};

/** The SDK's own search for a machine's id starts programs. Nothing asks for it. */
const withoutMachineIds: Plugin = {
  name: 'no search for machine ids',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^\.\/getMachineId-/ }, ({ path }) => ({ path, namespace: 'left-out' }));
    onLoad({ filter: /.*/, namespace: 'left-out' }, () => ({ contents: '' }));
  },
};
