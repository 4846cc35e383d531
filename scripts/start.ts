// `npm start`: builds if the sources are newer than what was built, then is the program itself, with the same arguments.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const program = join(root, 'dist', 'netstat-exporter.js');

if (newest('src', 'scripts', 'package.json') > modified(program)) {
  const { build } = await import('./build.ts');
  await build();
}
await import(new URL('../dist/netstat-exporter.js', import.meta.url).href);

/** The latest modification below the paths, in milliseconds of Unix time. */
function newest(...paths: readonly string[]): number {
  const files = paths.flatMap((path) => {
    const full = join(root, path);
    if (!statSync(full).isDirectory()) return [full];
    return readdirSync(full, { recursive: true, encoding: 'utf8' }).map((name) => join(full, name));
  });
  return Math.max(...files.map(modified));
}

function modified(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
