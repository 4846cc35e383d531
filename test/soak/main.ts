// `npm run soak [-- --collections=N] [-- --write]`: prints what it has seen, keeps it as JSON in build/soak, and ends with code 1 where something
// grew, was miscounted or was unexpected. With --write, docs/endurance.md tells it. As root on Linux, with iproute2 and openssl.
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from '../../scripts/build.ts';
import { canBeAlone, prepareNetwork, runAlone } from './alone.ts';
import { endurancePage, failuresOf, textOf } from './report.ts';
import { soak } from './soak.ts';

const inProject = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const FOLDER = inProject('build/soak');
const DOCUMENT = inProject('docs/endurance.md');
const DEFAULT_COLLECTIONS = '20000';
/** Fewer have too few samples of a collection each. */
const MIN_COLLECTIONS = 100;

const EXIT_USAGE = 2;

const { collections, values } = readArguments();
if (values.alone) process.exitCode = await runSoak();
else {
  await build();
  process.exitCode = (await runAlone(import.meta.filename, ['--alone', ...process.argv.slice(2)])) ?? 1;
}

/** Ends the process with one line where they are not understood, or nothing can be done here. */
function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        collections: { type: 'string', default: DEFAULT_COLLECTIONS },
        write: { type: 'boolean', default: false },
        /** Where the result goes. */
        folder: { type: 'string', default: FOLDER },
        /** Given by this program to itself. */
        alone: { type: 'boolean', default: false },
      },
    });
    const collections = Number(values.collections);
    if (!Number.isSafeInteger(collections) || collections < MIN_COLLECTIONS)
      throw new Error(`--collections=${values.collections}: allowed: a whole number from ${MIN_COLLECTIONS} on`);
    if (!values.alone && !canBeAlone()) throw new Error('it needs a network of its own: run it as root on Linux');
    return { collections, values };
  } catch (error) {
    console.error(`soak: ${error instanceof Error ? error.message : error}`);
    process.exit(EXIT_USAGE);
  }
}

async function runSoak(): Promise<number> {
  prepareNetwork();
  mkdirSync(values.folder, { recursive: true });
  const result = await soak(collections, values.folder);
  const failures = failuresOf(result);
  writeFileSync(`${values.folder}/result.json`, `${JSON.stringify({ ...result, failures }, null, 2)}\n`);
  process.stdout.write(textOf(result));
  if (values.write && failures.length === 0) writeFileSync(DOCUMENT, endurancePage(result));
  return failures.length === 0 ? 0 : 1;
}
