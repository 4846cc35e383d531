// The licences of all that the executable has inside.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const LICENCE_FILE = /^(?:licen[cs]e|notice|copying)(?:[.-].*)?$/i;

/** One text: where that of Node.js is, which its npm package leaves out, and the files of the bundled packages, by their folders. */
export function noticesOf(nodeVersion: string, folders: readonly string[]): string {
  const node = `== Node.js ${nodeVersion} ==\n\nhttps://github.com/nodejs/node/blob/v${nodeVersion}/LICENSE\n`;
  return [node, ...folders.map(noticeOf)].join('\n');
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
