// docs/performance.md, made of the results: no figure in it is written by hand.
import type { Part } from './part.ts';
import type { Measured, Results } from './results.ts';
import { tableText, targetsTable } from './text.ts';

const INTRODUCTION = `# Performance

Made by \`npm run bench -- --write\` from what was measured ([performance.json](performance.json) has it all); nothing here was written by hand. Each part has the command beside it that measures it again.
A figure is a median, with the 10th and 90th percentile and the number of runs in parentheses. Each ratio is to something that was measured in the same run.`;

/** The parts that have a result, in their order. */
export function performanceDocument(parts: readonly Part[], results: Results): string {
  const measured = parts.flatMap((part) => {
    const result = results[part.name];
    return result === undefined ? [] : [{ part, result }];
  });
  const targets = measured.flatMap(({ result }) => result.targets ?? []);
  const sections = [
    INTRODUCTION,
    ['## Targets', '', tableText(targetsTable(targets))].join('\n'),
    ...measured.map(({ part, result }) => section(part, result)),
  ];
  return `${sections.join('\n\n')}\n`;
}

function section({ name, title, about }: Part, { tables, machine, versions = {}, date }: Measured): string {
  const { processor, processors, memoryGb, os, node } = machine;
  const others = Object.entries(versions).map(([program, version]) => `${program} ${version}`);
  const where = `${date}, ${processors} processors of ${processor}, ${memoryGb} GB, ${os}, ${[`Node.js ${node}`, ...others].join(', ')}`;
  return [`## ${title}`, about.trim(), `\`npm run bench -- ${name}\` (${where})`, ...tables.map(tableText)].join(
    '\n\n',
  );
}
