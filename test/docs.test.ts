// World: none.
import { readFileSync } from 'node:fs';
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

describe('the groups of metrics', () => {
  it('can all be disabled but the exporter’s own, which has a flag of its own; and services are no metrics', () => {
    expect(COLLECTOR_GROUPS.filter((group) => group !== 'services')).toEqual(
      GROUPS.filter((group) => group !== 'exporter'),
    );
  });
});
