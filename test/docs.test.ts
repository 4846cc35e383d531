// World: none.
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { GENERATED, pageFile, renderPage } from '../scripts/docs.ts';
import { COLLECTOR_GROUPS } from '../src/config/options.ts';
import { GROUPS } from '../src/metrics/catalogue.ts';

describe('the documentation', () => {
  it.each(Object.entries(GENERATED))('docs/%s says what the code does (else: npm run docs)', (name, generate) => {
    const page = readFileSync(pageFile(name), 'utf8');
    expect(page).toBe(renderPage(page, generate));
  });
});

describe('the tables of docs/windows.md', () => {
  const API_COLUMN = 2;
  const SHOWN_BY_COLUMN = 6;
  const rows = readFileSync(pageFile('windows.md'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(2)
    .map((line) => line.split(' | '));

  it('names functions and classes that the source asks for', () => {
    const source = globSync('src/{sources/windows,windows-service}/**/*.ts')
      .map((file) => readFileSync(file, 'utf8'))
      .join('\n');
    const names = rows.flatMap((cells) =>
      Array.from(cells[API_COLUMN - 1]?.matchAll(/`(\w+)`/g) ?? [], ([, name]) => name),
    );
    expect(names.length).toBeGreaterThan(20);
    expect(names.filter((name) => !new RegExp(`\\b${name}\\b`).test(source))).toEqual([]);
  });

  it('names tests that there are', () => {
    const tests = globSync('test/{sources/windows,on-windows}/**/*.test.ts');
    const names = rows.flatMap((cells) => cells[SHOWN_BY_COLUMN - 1]?.split(', ') ?? []);
    expect(names.length).toBeGreaterThan(12);
    const isTest = (name: string): boolean => tests.some((file) => file.endsWith(`/${name}.test.ts`));
    expect(names.filter((name) => !isTest(name))).toEqual([]);
  });
});

describe('the groups of metrics', () => {
  it('can all be disabled but the exporter’s own, which has a flag of its own; and services are no metrics', () => {
    expect(COLLECTOR_GROUPS.filter((group) => group !== 'services')).toEqual(
      GROUPS.filter((group) => group !== 'exporter'),
    );
  });
});
