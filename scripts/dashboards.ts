// `npm run dashboards`: writes the dashboards and rules that the code in dashboards/source makes. A test checks that they are current.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { BOARDS } from '../dashboards/source/boards/boards.ts';
import { DIALECT_NAMES, DIALECTS, type DialectName } from '../dashboards/source/queries/dialect.ts';
import { ruleFiles } from '../dashboards/source/rules/rule-files.ts';
import { PROJECT } from './run-command.ts';

type NamedText = readonly [name: string, text: string];

/** The files below dashboards/, by their names there. */
export function generateDashboards(): ReadonlyMap<string, string> {
  return new Map(DIALECT_NAMES.flatMap((dialect) => [...boardsIn(dialect), ...rulesIn(dialect)]));
}

function boardsIn(dialect: DialectName): readonly NamedText[] {
  return Object.entries(BOARDS).map(([name, board]) => {
    const json = JSON.stringify(board(DIALECTS[dialect]), null, 2);
    return [join(dialect, `${name}.json`), `${json}\n`];
  });
}

function rulesIn(dialect: DialectName): readonly NamedText[] {
  const suffix = dialect === 'scraped' ? '' : `-${dialect}`;
  return Object.entries(ruleFiles(DIALECTS[dialect])).map(([name, text]) => [`${name}${suffix}.yaml`, text]);
}

if (import.meta.main) {
  for (const [name, text] of generateDashboards()) {
    const file = join(PROJECT, 'dashboards', name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
