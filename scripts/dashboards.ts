// `npm run dashboards`: writes the dashboards that the code in dashboards/source makes. A test checks that they are current.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { BOARDS } from '../dashboards/source/boards/boards.ts';
import { DIALECT_NAMES, DIALECTS } from '../dashboards/source/queries/dialect.ts';
import { PROJECT } from './run-command.ts';

/** The files below dashboards/, by their names there. */
export function generateDashboards(): ReadonlyMap<string, string> {
  const files = DIALECT_NAMES.flatMap((dialect) =>
    Object.entries(BOARDS).map(([name, board]) => {
      const json = JSON.stringify(board(DIALECTS[dialect]), null, 2);
      return [join(dialect, `${name}.json`), `${json}\n`] as const;
    }),
  );
  return new Map(files);
}

if (import.meta.main) {
  for (const [name, text] of generateDashboards()) {
    const file = join(PROJECT, 'dashboards', name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
