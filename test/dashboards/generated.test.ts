// World: none. The files that are committed are what the code makes, in both dialects from one definition.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { generateDashboards } from '../../scripts/dashboards.ts';
import { PROJECT } from '../../scripts/run-command.ts';
import { type Board, dataPanelsOf, panelsOf, readBoards } from './checks/board.ts';

const FOLDER = join(PROJECT, 'dashboards');
const GENERATED = generateDashboards();
const BOARDS = readBoards();
const SCRAPED = BOARDS.filter(({ dialect }) => dialect === 'scraped');

describe('the generated files', () => {
  it('are all there, and no others', () => {
    const files = globSync(['*/*.json', '*.yaml'], { cwd: FOLDER });
    expect(files.sort()).toEqual([...GENERATED.keys()].sort());
  });

  it.each([...GENERATED])('%s is what the code makes (else: npm run dashboards)', (name, text) => {
    expect(readFileSync(join(FOLDER, name), 'utf8')).toBe(text);
  });
});

describe.each(SCRAPED)('the dashboard $name', (board) => {
  const other = BOARDS.find(({ dialect, name }) => dialect === 'otlp' && name === board.name);

  it('has the same panels for pushed data, at the same places', () => {
    expect(other && looksOf(other)).toEqual(looksOf(board));
  });

  it('asks for the same there, in other words', () => {
    expect(other && queriesOf(other)).toEqual(queriesOf(board));
    expect(other && expressionsOf(other)).not.toEqual(expressionsOf(board));
  });

  it('tells in its title which it is', () => {
    expect(other?.json.title).toBe(`${board.json.title} (OTLP)`);
  });
});

/** What a reader sees before there are data: all but what tells labels, or leads to other dashboards. */
function looksOf(board: Board): unknown {
  return panelsOf(board).map((panel) => [
    Object.entries(panel).filter(([field]) => !['targets', 'transformations', 'fieldConfig'].includes(field)),
    'fieldConfig' in panel && [
      panel.fieldConfig.defaults,
      // Lines are called after the values of labels, columns after their headers: both are the same.
      panel.fieldConfig.overrides.map(({ matcher, properties }) => [
        matcher,
        properties.filter(({ id }) => id !== 'links'),
      ]),
    ],
  ]);
}

function queriesOf(board: Board): unknown {
  return dataPanelsOf(board).map(({ title, targets }) => ({
    title,
    targets: targets.map(({ refId, format, instant, range }) => ({ refId, format, instant, range })),
  }));
}

function expressionsOf(board: Board): readonly string[] {
  return dataPanelsOf(board).flatMap(({ targets }) => targets.map(({ expr }) => expr));
}
