// The page of the live view as two texts: one script for browsers, and one style sheet.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build as bundle } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Browsers of the last years: those that know trusted types, which the page asks for, are among them. */
const BROWSERS = ['chrome111', 'firefox115', 'safari16.4'];

export async function bundleLiveView(): Promise<{ readonly script: string; readonly style: string }> {
  const [script, style] = await Promise.all([bundled('main.ts'), bundled('style.css')]);
  return { script, style };
}

async function bundled(file: string): Promise<string> {
  const { outputFiles } = await bundle({
    absWorkingDir: root,
    entryPoints: [join('src', 'live-view', file)],
    write: false,
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
  return output.text;
}
