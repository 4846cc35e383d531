// What a host has on disk and in its registry, to be compared before and after.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One line each: a file or folder with its size, a value of the registry with its key. */
export type HostState = ReadonlySet<string>;

/** All files below a folder, with their sizes. */
export function filesBelow(folder: string): HostState {
  const found = new Set<string>();
  const walk = (path: string): void => {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      const inside = join(path, entry.name);
      if (entry.isDirectory()) {
        found.add(`${inside}\\`);
        walk(inside);
      } else {
        found.add(`${inside} ${statSync(inside, { throwIfNoEntry: false })?.size}`);
      }
    }
  };
  walk(folder);
  return found;
}

/** How many services were ever started: the service control manager counts them. */
const START_COUNTER = /\\Control\\ServiceCurrent\]/;

/** All values below a key of the registry. */
export function registryBelow(key: string): HostState {
  const folder = mkdtempSync(join(tmpdir(), 'registry-'));
  try {
    const file = join(folder, 'exported.reg');
    const { status, stdout, stderr } = spawnSync('reg.exe', ['export', key, file, '/y'], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`reg export ${key}: ${status} ${stdout} ${stderr}`);
    const values = [...valuesOf(readFileSync(file, 'utf16le'))];
    return new Set(values.filter((value) => !START_COUNTER.test(value)));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** In the format of .reg files: `[key]`, and below it `"name"=value`, which goes on in the next line after a backslash. */
function* valuesOf(text: string): Generator<string> {
  let key = '';
  for (const line of text.replace(/\\\r\n\s*/g, '').split('\r\n')) {
    if (line.startsWith('[')) {
      key = line;
      yield key;
    } else if (line !== '') {
      yield `${key} ${line}`;
    }
  }
}

/** What the one has that the other lacks. */
export function difference(before: HostState, after: HostState): { lost: string[]; new: string[] } {
  return { lost: [...before].filter((line) => !after.has(line)), new: [...after].filter((line) => !before.has(line)) };
}
