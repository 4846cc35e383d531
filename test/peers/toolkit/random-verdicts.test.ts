// World: the exporter-toolkit, as the oracle of what is a web configuration. Provided by: npm run test:peers
import { writeFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConfigError } from '../../../src/config/error.ts';
import { loadWebConfig } from '../../../src/config/web/load.ts';
import { HASH } from '../../config/web/cases.ts';
import { type Certificates, makeCertificates } from '../../support/certificates.ts';
import { configuration } from './configurations.ts';
import { isKnown } from './known-differences.ts';
import { type Judgement, readingOfOurs, readingOfToolkit } from './readings.ts';
import { IS_MISSING, PROVIDED, validate } from './toolkit.ts';

/** The toolkit is started once for each so many texts. */
const TEXTS = 250;
/** The long search, which finds the very odd in places of its own: TEST_CONFIGURATIONS=100000 npm run test:peers -- test/peers/toolkit */
const LONG_SEARCH = Number(process.env['TEST_CONFIGURATIONS'] ?? 0);
const ROUNDS = LONG_SEARCH > 0 ? { numRuns: Math.ceil(LONG_SEARCH / TEXTS) } : { numRuns: 12, seed: 1 };
const PATIENCE_MS = 3_600_000;

const USERS = `basic_auth_users: {alice: ${HASH}}`;

let certificates: Certificates;
beforeAll(() => {
  certificates = makeCertificates();
});
afterAll(() => certificates[Symbol.dispose]());

function ofToolkit(files: readonly string[]): readonly Judgement[] {
  return validate(certificates.folder, files).map(({ error, config }) =>
    config === null ? error : readingOfToolkit(config),
  );
}

async function ofOurs(file: string): Promise<Judgement> {
  try {
    return readingOfOurs(await loadWebConfig(certificates.path(file)));
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
}

interface Difference {
  readonly text: string;
  readonly toolkit: Judgement | undefined;
  readonly ours: Judgement | undefined;
}

/** Where one takes the text and the other does not, or where they read something else in it. */
async function differences(texts: readonly string[]): Promise<readonly Difference[]> {
  const files = texts.map((_, index) => `${index}.yml`);
  for (const [index, text] of texts.entries()) writeFileSync(certificates.path(`${index}.yml`), text);
  const toolkit = ofToolkit(files);
  const ours = await Promise.all(files.map(ofOurs));
  return texts
    .map((text, index) => ({ text, toolkit: toolkit[index], ours: ours[index] }))
    .filter(
      (both) =>
        !(typeof both.toolkit === 'string' && typeof both.ours === 'string') &&
        !isDeepStrictEqual(both.toolkit, both.ours),
    );
}

/** Those that no known difference covers. */
async function unknownDifferences(texts: readonly string[]): Promise<readonly Difference[]> {
  const found = await differences(texts);
  return found.filter(({ text, toolkit = '', ours = '' }) => !isKnown(text, toolkit, ours));
}

describe.skipIf(IS_MISSING)(`whatever stands in a web configuration (${PROVIDED})`, () => {
  it(
    'is judged and read alike, but for known differences',
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(configuration, { minLength: TEXTS, maxLength: TEXTS }), async (texts) => {
          expect(await unknownDifferences(texts)).toEqual([]);
        }),
        // What is found is short already.
        { ...ROUNDS, endOnFailure: true },
      );
    },
    PATIENCE_MS,
  );

  // What we lost of it would be open to everybody.
  it.each([
    ['a comment that ends with CR', `# users\r${USERS}`],
    ['a comment that ends with NEL', `# users\u0085${USERS}`],
    ['a comment that ends with LS', `# users\u2028${USERS}`],
    ['a comment that ends with PS', `# users\u2029${USERS}`],
    ['an empty group beside a merged one', `<<: {${USERS}}\nbasic_auth_users: {}\n`],
  ])('does not lose its users to %s', async (_name, text) => {
    expect(await unknownDifferences([text])).toEqual([]);
  });
});
