// What axe-core finds wrong with a page for those who use a keyboard, a screen reader or strong contrast.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type axe from 'axe-core';
import type { Page } from 'playwright-core';

const SCRIPT = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const GRAVE: readonly axe.ImpactValue[] = ['serious', 'critical'];

/** A line for each element and rule. Goes past the page's policy, as a browser's own tools do. */
export async function graveFindings(page: Page): Promise<readonly string[]> {
  await page.evaluate(`${SCRIPT}; undefined`);
  const { violations } = await page.evaluate<axe.AxeResults>('axe.run()');
  return violations
    .filter(({ impact }) => impact !== undefined && GRAVE.includes(impact))
    .flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html}`));
}
