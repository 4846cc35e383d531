// What a release of Node.js says of itself, kept in packaging/node-releases by scripts/node-release.ts.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { PROJECT } from '../run-command.ts';

/** Packed: three thousand lines that nobody here changes. */
export const LICENCE_FILE = 'LICENSE.gz';
export const VERSIONS_FILE = 'versions.json';

export function nodeReleaseFolder(version: string): string {
  return join(PROJECT, 'packaging', 'node-releases', version);
}

/** Its licence, and those of all that is in it. */
export function nodeLicence(version: string): string {
  return gunzipSync(readOf(version, LICENCE_FILE)).toString();
}

/** `process.versions`: its parts and their versions. One that was left out when it was built has an empty version. */
export function nodeParts(version: string): Readonly<Record<string, string>> {
  return JSON.parse(readOf(version, VERSIONS_FILE).toString());
}

function readOf(version: string, file: string): Buffer {
  const path = join(nodeReleaseFolder(version), file);
  try {
    return readFileSync(path);
  } catch (error) {
    throw new Error(`cannot read ${path}; \`node scripts/node-release.ts ${version}\` makes it`, { cause: error });
  }
}
