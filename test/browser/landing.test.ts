// World: Debian's Chromium, which looks at the landing page of the built program. Provided by: npm run test:browser
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { startProgram } from '../support/program.ts';
import { graveFindings } from './accessibility.ts';
import { describeInBrowser } from './browser.ts';

/** As narrow as a page is to be usable at without scrolling to the side (WCAG 2.2, 1.4.10). */
const NARROW = { width: 320, height: 640 };

describeInBrowser('the landing page', (browser) => {
  test.each(['light', 'dark'] as const)('has the colours of a %s screen, and no grave fault', async (colorScheme) => {
    await using program = await startProgram();
    await using page = await browser.open(program.url, { colorScheme });
    await page.getByRole('heading', { level: 1, name: 'netstat-exporter' }).waitFor();
    expect(await brightnessOf(page)).toBe(colorScheme);
    expect(await graveFindings(page)).toEqual([]);
  });

  test('leads to each of its pages, the live view among them', async () => {
    await using program = await startProgram('--web.enable-live-view');
    await using page = await browser.open(program.url);
    const links = page.getByRole('navigation').getByRole('link');
    await links.first().waitFor();
    const names = await links.allTextContents();
    expect(names).toContain('Live view');
    for (const name of names) {
      const link = page.getByRole('link', { name, exact: true });
      const target = new URL((await link.getAttribute('href')) ?? '', page.url());
      const answered = page.waitForResponse((response) => response.url() === target.href);
      await link.click();
      expect(`${name} ${(await answered).status()}`).toBe(`${name} 200`);
      await page.goto(program.url);
    }
  });

  test('is never wider than a narrow screen', async () => {
    await using program = await startProgram();
    // The page tells of a collection, and does not wait for the first one; a scrape does.
    await program.scrape();
    await using page = await browser.open(program.url, { viewport: NARROW });
    await page.getByRole('table').waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(NARROW.width);
    expect(await graveFindings(page)).toEqual([]);
  });
});

/** Whether what lies behind the text is nearer to white or to black. */
async function brightnessOf(page: Page): Promise<'light' | 'dark'> {
  const colour = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const parts = colour.match(/\d+/g)?.map(Number) ?? [];
  return parts.every((part) => part > 127) ? 'light' : 'dark';
}
