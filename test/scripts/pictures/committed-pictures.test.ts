// World: none. The pictures in docs/pictures, which `npm run pictures` draws of a live world.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { MADE_BY } from '../../../scripts/pictures/header-picture.ts';
import { panelsOf, readDashboards } from '../../support/dashboard-files.ts';
import { textsOf } from './svg-texts.ts';

const DOCS = fileURLToPath(new URL('../../../docs', import.meta.url));
const PICTURES = join(DOCS, 'pictures');
const MAX_CHARACTERS = 300_000;
const BOARDS = readDashboards().filter(({ dialect }) => dialect === 'scraped');

describe.each(BOARDS)('the picture of $name in docs/pictures (else: npm run pictures)', ({ name, json }) => {
  const read = (): string => readFileSync(join(PICTURES, `${name}.svg`), 'utf8');

  it('is of the dashboard as it is: its panels and rows', () => {
    const titles = textsOf(read())
      .filter(({ attributes }) => attributes['class'] === 'title')
      .map(({ text }) => text);
    expect(titles).toEqual(panelsOf(json).map(({ title }) => title));
  });

  it('has data in each panel', () => {
    expect(textsOf(read()).map(({ text }) => text)).not.toContain('No data');
  });

  it('says what made it, loads nothing, and is small', () => {
    const picture = read();
    expect(picture).toContain(`<!-- ${MADE_BY} -->`);
    expect(textsOf(picture).map(({ text }) => text)).toContain(MADE_BY);
    expect(picture.replace('http://www.w3.org/2000/svg', '')).not.toMatch(
      /href|url\((?!#)|@import|<image|<script|https?:\/\/(?!www\.w3\.org\/)/,
    );
    expect(picture.length).toBeLessThan(MAX_CHARACTERS);
  });
});

describe('docs/dashboards.md', () => {
  it('shows the picture of each dashboard, and no other', () => {
    const page = readFileSync(join(DOCS, 'dashboards.md'), 'utf8');
    const shown = Array.from(page.matchAll(/\]\(pictures\/(.+?)\)/g), ([, file]) => file).sort();
    expect(shown).toEqual(BOARDS.map(({ name }) => `${name}.svg`));
    expect(
      readdirSync(PICTURES)
        .filter((file) => file.endsWith('.svg'))
        .sort(),
    ).toEqual(shown);
  });
});

describe('docs/views.md', () => {
  it('shows the screenshots of the live view, and no other', () => {
    const page = readFileSync(join(DOCS, 'views.md'), 'utf8');
    const shown = Array.from(page.matchAll(/!\[[^\]]+\]\(pictures\/([^)]+)\)/g), ([, file]) => file);
    const taken = readdirSync(PICTURES).filter((file) => file.endsWith('.png'));
    expect(shown.toSorted()).toEqual(taken.toSorted());
    for (const file of taken) expect(statSync(join(PICTURES, file)).size).toBeLessThan(MAX_CHARACTERS);
  });
});
