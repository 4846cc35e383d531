// The licences of all that is in what we hand out.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeLicence } from './node-release.ts';

const LICENCE_FILE = /^(?:licen[cs]e|notice|copying)(?:[.-].*)?$/i;

/** One text: that of Node.js, which has those of its own parts in it, and the files of the bundled packages, by their folders. */
export function noticesOf(nodeVersion: string, folders: readonly string[]): string {
  const node = `== Node.js ${nodeVersion} ==\n\n${nodeLicence(nodeVersion).trim()}\n`;
  return [node, noticesOfPackages(folders)].join('\n');
}

/** The licence files of packages, by their folders. */
export function noticesOfPackages(folders: readonly string[]): string {
  return folders.map(noticeOf).join('\n');
}

function noticeOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const texts = readdirSync(folder)
    .filter((file) => LICENCE_FILE.test(file))
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8').trim());
  if (texts.length === 0) throw new Error(`${folder} has no licence file`);
  return [`== ${name} ${version} (${license}) ==`, ...texts, ''].join('\n\n');
}
