// `npm run build:npm`: makes build/npm/netstat-exporter-VERSION.tgz, the npm package: what dist/ is, and what its users read.
import { execSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import packageJson from '../package.json' with { type: 'json' };
import { build } from './build.ts';
import { tellMade } from './build-command.ts';
import { noticesOfPackages } from './build-exe/notices.ts';
import { withoutRelativeLinks } from './build-npm/without-links.ts';
import { putPackage } from './build-packages.ts';
import { PROJECT } from './run-command.ts';

export const NPM_PACKAGES = join(PROJECT, 'build', 'npm');

const PACK_TIMEOUT_MS = 60_000;

/**
 * Makes the package in the folder `into`. Resolves with its path.
 *
 * The same sources, commit and npm give the same bytes: npm itself gives all files one date.
 */
export async function buildNpm({ into }: { readonly into: string }): Promise<string> {
  const staging = mkdtempSync(join(tmpdir(), 'netstat-exporter-npm-'));
  try {
    await layOut(staging);
    pack(staging);
    return putPackage(join(staging, `${packageJson.name}-${packageJson.version}.tgz`), into);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

async function layOut(folder: string): Promise<void> {
  const packages = await build(join(folder, 'dist'));
  const texts: Readonly<Record<string, string>> = {
    'package.json': `${JSON.stringify(publishedPackage(), undefined, 2)}\n`,
    'README.md': ofProject('packaging', 'npm', 'README.md'),
    'CHANGELOG.md': withoutRelativeLinks(ofProject('CHANGELOG.md')),
    'SECURITY.md': withoutRelativeLinks(ofProject('SECURITY.md')),
    LICENSE: ofProject('LICENSE'),
    'THIRD-PARTY-NOTICES.txt': noticesOfPackages(packages.map((path) => join(PROJECT, path))),
  };
  for (const [name, text] of Object.entries(texts)) writeFileSync(join(folder, name), text);
  allowReading(folder);
}

/** What npm is told of the package. All but koffi, which has a native binary, is bundled; a checkout needs much more. */
function publishedPackage() {
  const { name, version, description, keywords, license, type, engines, bin, dependencies } = packageJson;
  // No `os`: a recording is played on any.
  return {
    name,
    version,
    description,
    keywords,
    license,
    type,
    engines,
    bin,
    dependencies: { koffi: dependencies.koffi },
  };
}

function ofProject(...path: readonly string[]): string {
  return readFileSync(join(PROJECT, ...path), 'utf8');
}

/** The modes are part of the package: they are not to depend on this user's umask. What is to be run, npm makes so. */
function allowReading(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) chmodSync(join(entry.parentPath, entry.name), 0o644);
}

function pack(folder: string): void {
  // By a shell: on Windows npm is a batch file.
  execSync('npm pack --loglevel=error', {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: PACK_TIMEOUT_MS,
  });
}

if (import.meta.main)
  await tellMade('build:npm', async function* () {
    yield await buildNpm({ into: NPM_PACKAGES });
  });
