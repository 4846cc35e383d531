// What files held when they were read, in a few bytes each, to see whether they hold the same again.

import { createHash } from 'node:crypto';
import type { ReadFile } from '../file.ts';

export interface FilePrint {
  /** How much of the file was read. */
  readonly maximumBytes: number;
  /** SHA-256 of it, or why there was nothing to read. */
  readonly print: string;
}

/** By path. */
export type FilePrints = ReadonlyMap<string, FilePrint>;

export interface Recording {
  readonly readFile: ReadFile;
  /** Of all files that were read with it, so far. */
  readonly prints: FilePrints;
}

/** A ReadFile that remembers what it read. */
export function recordFiles(readFile: ReadFile): Recording {
  const prints = new Map<string, FilePrint>();
  return {
    prints,
    async readFile(path, maximumBytes) {
      try {
        const bytes = await readFile(path, maximumBytes);
        prints.set(path, { maximumBytes, print: createHash('sha256').update(bytes).digest('base64') });
        return bytes;
      } catch (error) {
        prints.set(path, { maximumBytes, print: String(error) });
        throw error;
      }
    },
  };
}

/** Whether all files hold what they held. */
export async function areUnchanged(before: FilePrints, readFile: ReadFile): Promise<boolean> {
  const { readFile: readAgain, prints } = recordFiles(readFile);
  // What cannot be read has its print too.
  for (const [path, { maximumBytes }] of before) await readAgain(path, maximumBytes).catch(() => undefined);
  return areSame(before, prints);
}

/** Whether the same files were read, and held the same. */
export function areSame(some: FilePrints, others: FilePrints): boolean {
  if (some.size !== others.size) return false;
  return [...some].every(([path, { print }]) => others.get(path)?.print === print);
}
