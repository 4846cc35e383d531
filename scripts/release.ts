// `npm run release [-- OPTION…]`: makes build/release/, all that is published of a version. docs/releasing.md has the options.
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stop } from 'esbuild';
import packageJson from '../package.json' with { type: 'json' };
import { DEB_TOOLS } from './build-deb.ts';
import { bundlePacked } from './build-exe/bundle-packed.ts';
import { TARGETS } from './build-exe/targets.ts';
import { MSI_TOOLS } from './build-msi.ts';
import { readCommit } from './commit.ts';
import { changelogSection } from './release/changelog.ts';
import { type Making, makeFiles } from './release/files.ts';
import { writeManifests } from './release/manifests.ts';
import { releaseNotes } from './release/notes.ts';
import { NOTES_FILE, type ReleaseOptions, readOptions } from './release/options.ts';
import { makeSbom } from './release/sbom.ts';
import { sha256Sums, sumsFile } from './release/sums.ts';
import { PROJECT } from './run-command.ts';
import { requireTools, type ToolName } from './run-tool.ts';

const { name: NAME, version: VERSION } = packageJson;

/** Makes the folder of a release, or, where something fails, leaves the one that was there. */
export async function release(options: ReleaseOptions): Promise<void> {
  requireTools(...toolsOf(options));
  const changelog = readFileSync(join(PROJECT, 'CHANGELOG.md'), 'utf8');
  const entries = changelogSection(changelog, VERSION, options.isSnapshot);
  const commit = await readCommit(process.env['SOURCE_DATE_EPOCH']);
  if (!options.isSnapshot && commit.changed !== undefined)
    throw new Error(`${commit.changed} is not as it was committed (--snapshot takes it as it is)`);
  mkdirSync(dirname(options.into), { recursive: true });
  // Beside the folder itself, so that it can be renamed.
  const making = mkdtempSync(`${options.into}.making-`);
  try {
    const [folder, work] = [join(making, 'release'), join(making, 'work')];
    mkdirSync(folder);
    mkdirSync(work);
    writeFileSync(join(folder, NOTES_FILE), releaseNotes(entries, commit, options));
    await fill({ options, commit, folder, work });
    rmSync(options.into, { recursive: true, force: true });
    renameSync(folder, options.into);
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
}

function toolsOf({ targets, signing }: ReleaseOptions): readonly ToolName[] {
  const platforms = new Set(targets.map((name) => TARGETS[name].platform));
  return [
    ...(platforms.has('win32') ? ([...MSI_TOOLS, 'zip'] as const) : []),
    ...(platforms.has('linux') ? DEB_TOOLS : []),
    ...(signing === undefined ? [] : (['osslsigncode'] as const)),
  ];
}

/** The files; what is in them; their sums; and from these the manifests. */
async function fill(making: Making): Promise<void> {
  const { commit, folder } = making;
  const made = await makeFiles(making);
  const names = made.map(({ name }) => name).sort();
  const sums = await sha256Sums(folder, names);
  const files = made.map((file) => ({ ...file, sha256: sums.get(file.name) ?? '' }));
  const sbom = `${NAME}-${VERSION}.cdx.json`;
  const { packages } = await bundlePacked();
  await stop();
  writeFileSync(join(folder, sbom), makeSbom(commit, packages, files));
  writeFileSync(join(folder, 'SHA256SUMS'), sumsFile(await sha256Sums(folder, [...names, sbom].sort())));
  if (making.options.baseAddress !== undefined)
    await writeManifests(folder, files, making.options.baseAddress, commit.time);
}

function report({ into, targets, isQuick, baseAddress, signing }: ReleaseOptions): void {
  const say = (line: string): void => console.log(`release: ${line}`);
  say(`made ${into}`);
  if (targets.length < Object.keys(TARGETS).length) say(`for ${targets.join(', ')} only: --target`);
  if (isQuick) say('packed quickly, and larger than a release: --quick');
  if (signing === undefined) say('nothing is signed: no --certificate');
  if (baseAddress === undefined) say('no manifests for winget, scoop and Chocolatey: no --base-address');
}

if (import.meta.main)
  try {
    const options = readOptions(process.argv.slice(2), VERSION);
    await release(options);
    report(options);
  } catch (error) {
    console.error(`release: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  }
