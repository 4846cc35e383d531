// The Debian packages with the shared libraries that programs need, read from the programs themselves. dpkg-shlibdeps does that, too, but knows
// only the machine's own processor, and asks for libraries as new as the machine's where older ones would do.
import { runTool } from '../run-tool.ts';

interface Package {
  readonly name: string;
  /** The version of the package from a version of symbols; undefined where any will do. Throws for one that it does not know. */
  readonly since?: (symbols: string) => string | undefined;
}

/** By the beginning of the library's name. The packages have the same names on all processors. */
const PACKAGES: Readonly<Record<string, Package>> = {
  'ld-linux': { name: 'libc6', since: glibcSince },
  'libc.so.6': { name: 'libc6', since: glibcSince },
  'libdl.so.2': { name: 'libc6', since: glibcSince },
  'libm.so.6': { name: 'libc6', since: glibcSince },
  'libpthread.so.0': { name: 'libc6', since: glibcSince },
  'libatomic.so.1': { name: 'libatomic1' },
  'libgcc_s.so.1': { name: 'libgcc-s1' },
  'libstdc++.so.6': { name: 'libstdc++6', since: gccSince },
};

/** "ABI Policy and Guidelines" of libstdc++: the last version of symbols of each GCC. Debian 10 has GCC 8, and whatever is older will do. */
const OLDEST_GCC = 8;
const GCC_RELEASES: readonly (readonly [gcc: number, glibcxx: number, cxxabi: number])[] = [
  [OLDEST_GCC, 25, 11],
  [9, 28, 12],
  [11, 29, 13],
  [12, 30, 13],
  [13, 32, 14],
  [14, 33, 15],
];

const BY_NUMBERS = new Intl.Collator('en', { numeric: true });

/** What `Depends:` says of the libraries of these files: `libatomic1, libc6 (>= 2.28)`. */
export async function libraryPackages(files: readonly string[]): Promise<string> {
  return packagesOf(await runTool('readelf', ['--wide', '--dynamic', '--version-info', ...files]));
}

/** `text`: what readelf writes of the dynamic section and the version needs of one or more files. */
export function packagesOf(text: string): string {
  const needed = new Map<string, string | undefined>();
  for (const { library, symbols } of needsOf(text)) {
    const { name, since } = packageOf(library);
    const version = symbols === undefined ? undefined : since?.(symbols);
    needed.set(name, later(needed.get(name), version));
  }
  if (needed.size === 0) throw new Error('readelf tells of no library that the program needs');
  const depends = Array.from(needed, ([name, version]) => (version === undefined ? name : `${name} (>= ${version})`));
  return depends.sort().join(', ');
}

interface Need {
  readonly library: string;
  /** Such as `GLIBC_2.28`. */
  readonly symbols?: string;
}

function needsOf(text: string): Need[] {
  const needs: Need[] = [];
  let library = '';
  for (const line of text.split('\n')) {
    const needed = /\(NEEDED\)\s+Shared library: \[(.+)\]/.exec(line)?.[1];
    if (needed !== undefined) needs.push({ library: needed });
    library = /\bVersion: \d+\s+File: (\S+)/.exec(line)?.[1] ?? library;
    const symbols = /\bName: (\S+)\s+Flags:/.exec(line)?.[1];
    if (symbols !== undefined) needs.push({ library, symbols });
  }
  return needs;
}

function packageOf(library: string): Package {
  const [, found] = Object.entries(PACKAGES).find(([beginning]) => library.startsWith(beginning)) ?? [];
  if (found === undefined) throw new Error(`the program needs ${library}; no Debian package is known that has it`);
  return found;
}

function glibcSince(symbols: string): string {
  const version = /^GLIBC_(\d+(?:\.\d+)+)$/.exec(symbols)?.[1];
  if (version === undefined) throw new Error(`the program needs ${symbols}, which is no version of glibc`);
  return version;
}

function gccSince(symbols: string): string | undefined {
  const [, kind, patch = '0'] = /^(GLIBCXX_3\.4|CXXABI_1\.3)(?:\.(\d+))?$/.exec(symbols) ?? [];
  const release = GCC_RELEASES.find(
    ([, glibcxx, cxxabi]) => kind !== undefined && Number(patch) <= (kind === 'CXXABI_1.3' ? cxxabi : glibcxx),
  );
  if (release === undefined) throw new Error(`the program needs ${symbols}; no release of GCC is known that has it`);
  return release[0] === OLDEST_GCC ? undefined : String(release[0]);
}

function later(one: string | undefined, other: string | undefined): string | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return BY_NUMBERS.compare(one, other) > 0 ? one : other;
}
