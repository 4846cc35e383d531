// `npm run bench [-- PART…] [-- --write]`: measures all parts, or these; prints their tables, and keeps them as JSON in build/bench. With --write
// docs/performance.json and docs/performance.md get what was measured, too.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from '../../scripts/build.ts';
import { performanceDocument } from './harness/document.ts';
import type { Part } from './harness/part.ts';
import { addResults, type Measured, measurePart } from './harness/results.ts';
import { tableText, targetsTable } from './harness/text.ts';
import { PARTS } from './parts.ts';

const inProject = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const LAST_RESULTS = inProject('build/bench/results.json');
const KEPT_RESULTS = inProject('docs/performance.json');
const EXIT_USAGE = 2;
const DOCUMENT = inProject('docs/performance.md');

const { chosen, isWritten } = readArguments();
await build();
const results: Record<string, Measured> = {};
for (const part of chosen) {
  console.log(`\n## ${part.title} (${part.name})`);
  const obstacle = part.obstacle?.();
  if (obstacle !== undefined) {
    console.log(`not measured: ${obstacle}`);
    continue;
  }
  const measured = await measurePart(part);
  results[part.name] = measured;
  for (const table of measured.tables) console.log(`\n${tableText(table)}`);
  if (measured.targets !== undefined) console.log(`\n${tableText(targetsTable(measured.targets))}`);
  console.log(`\n${measured.minutes} minutes`);
  // After each part: what comes later may fail.
  addResults(LAST_RESULTS, results);
}
if (isWritten) {
  const all = addResults(KEPT_RESULTS, results);
  writeFileSync(DOCUMENT, performanceDocument(PARTS, all));
}

/** Ends the process with one line where they are not understood. */
function readArguments(): { readonly chosen: readonly Part[]; readonly isWritten: boolean } {
  try {
    const options = { write: { type: 'boolean', default: false } } as const;
    const { values, positionals } = parseArgs({ allowPositionals: true, options });
    return { chosen: chooseParts(positionals), isWritten: values.write };
  } catch (error) {
    console.error(`bench: ${error instanceof Error ? error.message : error}`);
    process.exit(EXIT_USAGE);
  }
}

function chooseParts(names: readonly string[]): readonly Part[] {
  const unknown = names.find((name) => !PARTS.some((part) => part.name === name));
  if (unknown !== undefined)
    throw new Error(`there is no part ${unknown}; allowed: ${PARTS.map(({ name }) => name).join(', ')}`);
  return names.length === 0 ? PARTS : PARTS.filter(({ name }) => names.includes(name));
}
