// World: Debian's Chromium: a live view of 50,000 endpoints. Provided by: npm run test:browser
import { expect, test, vi } from 'vitest';
import { manyEndpoints } from '../support/many-endpoints.ts';
import { PATIENCE } from '../support/patience.ts';
import { recordingOf } from '../support/recording.ts';
import { describeInBrowser } from './browser.ts';
import { LiveView, liveViewUrl, startLiveView } from './live-view.ts';

const ENDPOINTS = 50_000;
const WINDOW = { width: 1280, height: 800 };
/** Many more than fit the window, and few of all. */
const MOST_ROWS = 200;

describeInBrowser(`a live view of ${ENDPOINTS} endpoints`, (browser) => {
  test('has only the rows that are in view, at the beginning, the end, and in between', async () => {
    using recording = recordingOf(manyEndpoints(ENDPOINTS));
    await using program = await startLiveView(recording.source);
    await using page = await browser.open(liveViewUrl(program), { viewport: WINDOW });
    const view = new LiveView(page);
    await view.rows().first().waitFor();
    expect(await view.endpoints.getAttribute('aria-rowcount')).toBe(String(ENDPOINTS + 1));
    await expectFewRows(view, 0);

    await view.endpoints.focus();
    await page.keyboard.press('End');
    await expectFewRows(view, ENDPOINTS - 1);

    await page.keyboard.press('Home');
    await expectFewRows(view, 0);
    for (const share of [0.25, 0.8, 0.5]) {
      const position = await scrollTo(view, share);
      await expectFewRows(view, position);
    }
  });

  test('finds one of them', async () => {
    using recording = recordingOf(manyEndpoints(ENDPOINTS));
    await using program = await startLiveView(recording.source);
    await using page = await browser.open(liveViewUrl(program), { viewport: WINDOW });
    const view = new LiveView(page);
    await view.search.fill('198.51.100.101');
    await vi.waitFor(async () => {
      const addresses = (await view.texts('remote-address')).flat();
      expect(addresses.length).toBeGreaterThan(0);
      expect(new Set(addresses)).toEqual(new Set(['198.51.100.101']));
    }, PATIENCE);
  });
});

/** The row at this position is there and has its texts, and there are not many. */
async function expectFewRows({ page }: LiveView, position: number): Promise<void> {
  const row = page.locator(`[data-row="${position}"]:not([data-loading])`);
  await row.waitFor();
  expect(await row.getAttribute('aria-rowindex')).toBe(String(position + 2));
  expect(await row.locator('[data-cell="protocol"]').textContent()).toMatch(/^(?:tcp|udp)$/);
  expect(await page.locator('[data-row]').count()).toBeLessThan(MOST_ROWS);
}

/** Drags the bar to this share of its way: the position of a row that is then in the middle of the list. */
async function scrollTo({ page, endpoints }: LiveView, share: number): Promise<number> {
  const before = await page.locator('[data-row]').first().getAttribute('data-row');
  await endpoints.evaluate((grid, part) => {
    const scrolls = (element: Element): boolean => element.scrollHeight > element.clientHeight + 1;
    const bars = [grid, ...grid.querySelectorAll('*')].filter(scrolls);
    for (let outside = grid.parentElement; outside !== null; outside = outside.parentElement)
      if (scrolls(outside)) bars.push(outside);
    for (const bar of bars) bar.scrollTop = part * (bar.scrollHeight - bar.clientHeight);
  }, share);
  await vi.waitFor(async () => {
    expect(await page.locator('[data-row]').first().getAttribute('data-row')).not.toBe(before);
  }, PATIENCE);
  const rows = page.locator('[data-row]');
  const middle = rows.nth(Math.floor((await rows.count()) / 2));
  return Number(await middle.getAttribute('data-row'));
}
