// What a host has on disk and in its registry, to be compared before and after.
import { spawnSync } from 'node:child_process';
import { type Dirent, lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One line each: a file or folder with its size, a value of the registry with its key. */
export type HostState = ReadonlySet<string>;

const isWine = spawnSync('reg.exe', ['query', 'HKCU\\Software\\Wine']).status === 0;
const SERVICES = 'HKLM\\SYSTEM\\CurrentControlSet\\Services';
/**
 * A Windows that runs changes itself all the time, is large, and does not let everything be read. In place of these it is looked at where
 * we could leave something, and only for what names us; Wine is compared as a whole.
 */
const LESS_ON_WINDOWS: Readonly<Record<string, readonly string[]>> = {
  'C:\\': ['C:\\Program Files', 'C:\\ProgramData'],
  HKLM: ['HKLM\\SYSTEM\\CurrentControlSet'],
  HKCU: ['HKCU\\Software'],
  [SERVICES]: [SERVICES],
};
const NAMES_US = /netstat-?exporter/i;

/** What is read of the places that stand for `whole`. */
function stateOf(whole: string, read: (place: string) => Iterable<string>): HostState {
  const less = isWine ? undefined : LESS_ON_WINDOWS[whole];
  if (less === undefined) return new Set(read(whole));
  return new Set(less.flatMap((place) => [...read(place)].filter((line) => NAMES_US.test(line))));
}

/** All files below a folder, with their sizes. */
export function filesBelow(folder: string): HostState {
  return stateOf(folder, filesOf);
}

function* filesOf(folder: string): Generator<string> {
  for (const entry of entriesOf(folder)) {
    const inside = join(folder, entry.name);
    if (entry.isDirectory()) {
      yield `${inside}\\`;
      yield* filesOf(inside);
    } else {
      // Not what a link leads to: some lead nowhere, or may not be followed.
      yield `${inside} ${lstatSync(inside, { throwIfNoEntry: false })?.size}`;
    }
  }
}

/** Under Wine everything can be read. */
function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (isWine) throw error;
    return [];
  }
}

/** How many services were ever started: the service control manager counts them. */
const START_COUNTER = /\\Control\\ServiceCurrent\]/;

/** All values below a key of the registry. */
export function registryBelow(key: string): HostState {
  return stateOf(key, valuesBelow);
}

function valuesBelow(key: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'registry-'));
  try {
    const file = join(folder, 'exported.reg');
    const { status, stdout, stderr } = spawnSync('reg.exe', ['export', key, file, '/y'], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`reg export ${key}: ${status} ${stdout} ${stderr}`);
    return [...valuesOf(readFileSync(file, 'utf16le'))].filter((value) => !START_COUNTER.test(value));
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
