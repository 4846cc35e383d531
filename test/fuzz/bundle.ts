// A target as one CommonJS file, which is what Jazzer.js instruments: our code and the libraries in it alike.
import { join } from 'node:path';
import { build } from 'esbuild';

/** `module`: a file that exports one target. The bundle exports `fuzz`, which checks it. */
export async function bundleTarget(module: string, outfile: string): Promise<void> {
  await build({
    stdin: {
      contents: `import { checkInput } from './target.ts';
        import * as module from ${JSON.stringify(module)};
        const target = Object.values(module).find((each) => typeof each.check === 'function');
        export const fuzz = (input) => checkInput(target, input);`,
      resolveDir: import.meta.dirname,
    },
    outfile,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    // Of a find, the stack names the lines of the sources.
    sourcemap: 'inline',
    external: ['koffi'],
    logLevel: 'warning',
  });
}

export function moduleOf(name: string): string {
  return join(import.meta.dirname, 'targets', `${name}.ts`);
}
