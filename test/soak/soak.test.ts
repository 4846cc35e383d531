// World: Linux as root; the built program, iproute2, openssl. The short form of `npm run soak`, in a network of its own.
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canBeAlone, runAlone } from './alone.ts';
import type { Result } from './soak.ts';
import { isRight } from './sums.ts';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));
/** Programs of the soak are linked to Node.js' own: on the same file system. */
const BUILD = fileURLToPath(new URL('../../build', import.meta.url));
/** About a minute. */
const COLLECTIONS = 2_000;
/** It measures no time: what hangs is to end at last. */
const TIMEOUT_MS = 20 * 60_000;

describe.skipIf(!canBeAlone())(
  `${COLLECTIONS} collections, while all goes on that can (provided by: root on Linux)`,
  () => {
    let folder: string;
    let code: number | null;
    let result: Result;

    beforeAll(async () => {
      mkdirSync(BUILD, { recursive: true });
      folder = mkdtempSync(join(BUILD, 'soak-test-'));
      code = await runAlone(MAIN, ['--alone', `--collections=${COLLECTIONS}`, `--folder=${folder}`]);
      result = JSON.parse(readFileSync(join(folder, 'result.json'), 'utf8')) as Result;
    }, TIMEOUT_MS);
    afterAll(() => rmSync(folder, { recursive: true }));

    it('leave nothing behind: memory, descriptors, resources and threads are flat', () => {
      expect(result.growths.filter(({ isFlat }) => !isFlat)).toEqual([]);
      expect(result.growths).toHaveLength(7);
    });

    it('are counted right, as is all that was asked and pushed', () => {
      expect(result.comparisons.filter((comparison) => !isRight(comparison))).toEqual([]);
      const kinds = new Set(result.comparisons.map(({ what }) => what.split(':')[0]));
      expect([...kinds]).toEqual(
        expect.arrayContaining(['requests', 'pushes', 'sockets held by processes', 'sockets after their end']),
      );
    });

    it('bring no answer and no line of the log but those that were to be expected', () => {
      expect(result.problems).toEqual([]);
    });

    it('happen while everything else happens', () => {
      expect(result.collections).toBeGreaterThanOrEqual(COLLECTIONS);
      expect(Object.entries(result.events).filter(([, count]) => count === 0)).toEqual([]);
    });

    it('end the command with code 0', () => expect(code).toBe(0));
  },
);
