// A registry of npm on the loopback address, which has a few of this project's packages and no others: package-lock.json says what they are.
import { execSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import packageLock from '../../package-lock.json' with { type: 'json' };

/** What the npm package depends on, on Windows of this processor. */
export const WINDOWS_PACKAGES = ['koffi', `@koromix/koffi-win32-${process.arch}`];

const FETCH_TIMEOUT_MS = 120_000;

interface Locked {
  readonly version: string;
  readonly integrity: string;
}
const LOCKED = packageLock.packages as Readonly<Record<string, Partial<Locked>>>;

function lockedPackage(name: string): Locked {
  const { version, integrity, ...others } = LOCKED[`node_modules/${name}`] ?? {};
  if (version === undefined || integrity === undefined) throw new Error(`package-lock.json has no ${name}`);
  return { version, integrity, ...others };
}

/** As `npm pack` calls it. */
const fileOf = (name: string): string =>
  `${name.replace('@', '').replace('/', '-')}-${lockedPackage(name).version}.tgz`;

/** Fetches the packages into a folder, for a registry where there is no network. */
export function fetchPackages(names: readonly string[], folder: string): void {
  mkdirSync(folder, { recursive: true });
  const missing = names.filter((name) => !existsSync(join(folder, fileOf(name))));
  if (missing.length === 0) return;
  const packages = missing.map((name) => `${name}@${lockedPackage(name).version}`);
  // By a shell: on Windows npm is a batch file.
  execSync(['npm', 'pack', ...packages].join(' '), { cwd: folder, stdio: 'ignore', timeout: FETCH_TIMEOUT_MS });
}

export interface NpmRegistry extends AsyncDisposable {
  readonly url: string;
  /** The packages whose files were asked for, so far. */
  readonly fetched: readonly string[];
}

/** Has the packages of these names, whose files fetchPackages has put into the folder. */
export async function startNpmRegistry(names: readonly string[], folder: string): Promise<NpmRegistry> {
  const fetched: string[] = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '').slice(1);
    const name = names.find((one) => path === one || path === fileOf(one));
    if (name === undefined) return response.writeHead(404).end('{}');
    if (path === name) return response.end(JSON.stringify(documentOf(name, url)));
    fetched.push(name);
    return response.end(readFileSync(join(folder, basename(path))));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, fetched, [Symbol.asyncDispose]: async () => void server.close() };
}

/** What npm asks a registry for first: what there is of a package, here one version. */
function documentOf(name: string, url: string) {
  const { version, integrity, ...others } = lockedPackage(name);
  const dist = { tarball: `${url}/${fileOf(name)}`, integrity };
  return { name, 'dist-tags': { latest: version }, versions: { [version]: { name, version, ...others, dist } } };
}
