// The page of the live view as two texts: one script for browsers, and one style sheet.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build as bundle } from 'esbuild';
import { bundledPackages } from './bundled-packages.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Browsers of the last years: those that know trusted types, which the page asks for, are among them. */
const BROWSERS = ['chrome111', 'firefox115', 'safari16.4'];

export interface LiveView {
  readonly script: string;
  readonly style: string;
  /** What is in them, as bundledPackages has it. */
  readonly packages: readonly string[];
}

export async function bundleLiveView(): Promise<LiveView> {
  const [script, style] = await Promise.all([bundled('main.ts'), bundled('style.css')]);
  return { script: script.text, style: style.text, packages: script.packages };
}

async function bundled(file: string): Promise<{ text: string; packages: string[] }> {
  const { outputFiles, metafile } = await bundle({
    absWorkingDir: root,
    entryPoints: [join('src', 'live-view', file)],
    write: false,
    metafile: true,
    // Paths in it are those of a checkout, wherever its node_modules are.
    preserveSymlinks: true,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: BROWSERS,
    // Licences of what is in it are with those of the program.
    legalComments: 'none',
    logLevel: 'warning',
  });
  const [output] = outputFiles;
  if (output === undefined) throw new Error(`esbuild made nothing of ${file}`);
  return { text: output.text, packages: bundledPackages(metafile) };
}
