// The packages of which there is something in a bundle.
import type { Metafile } from 'esbuild';

/** As folders below node_modules, relative to the project. */
export function bundledPackages({ inputs }: Metafile): string[] {
  const folders = Object.keys(inputs).flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []);
  return [...new Set(folders)];
}
