// The configuration file that a package has laid, in which nothing is set as long as nobody has edited it.

import { existsSync } from 'node:fs';
import { rm, rmdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { reasonOf } from '../../config/error.ts';
import { MAXIMUM_CONFIG_FILE_BYTES, readFileHead, readYamlText } from '../../config/file.ts';
import { isEmpty, parseYaml } from '../../config/yaml-document.ts';

/**
 * Deletes the file if there is nothing but comments in it, and its folder if that is empty then. Gives in lines what was done,
 * or why not; what is in doubt stays. Never rejects.
 */
export async function deleteEmptyConfig(file: string): Promise<readonly string[]> {
  const folder = dirname(file);
  const ofFile = existsSync(file) ? [await deleteIfEmpty(file)] : [];
  // Refused for one that is not empty.
  const isGone = await rmdir(folder).then(
    () => true,
    () => false,
  );
  return [...ofFile, ...(isGone ? [`${folder} is deleted`] : [])];
}

async function deleteIfEmpty(path: string): Promise<string> {
  const maximumBytes = MAXIMUM_CONFIG_FILE_BYTES;
  try {
    const text = await readYamlText({ where: '--empty-config', path, maximumBytes, readFile: readFileHead });
    if (!isEmpty(parseYaml(path, text).document.contents)) return `${path} stays: something is set in it`;
    await rm(path);
    return `${path} is deleted: nothing was set in it`;
  } catch (error) {
    return `${path} stays: ${reasonOf(error)}`;
  }
}
