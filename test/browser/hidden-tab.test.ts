// World: Debian's Chromium: a live view that nobody sees. Provided by: npm run test:browser
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { describeInBrowser } from './browser.ts';
import { LiveView, liveViewUrl, startLiveView } from './live-view.ts';

const MINUTE_MS = 60_000;

describeInBrowser('a live view that nobody sees', (browser) => {
  test('asks nothing, and asks at once when it is seen again', async () => {
    await using program = await startLiveView();
    await using page = await browser.open('about:blank');
    await page.clock.install();
    await page.goto(liveViewUrl(program));
    await new LiveView(page).rows().first().waitFor();
    const asked: string[] = [];
    page.on('request', (request) => void asked.push(request.url()));
    await page.clock.runFor(MINUTE_MS);
    expect(asked.length).toBeGreaterThan(0);

    await setHidden(page, true);
    asked.length = 0;
    await page.clock.runFor(MINUTE_MS);
    expect(asked).toEqual([]);

    const asksAgain = page.waitForRequest((request) => request.url().includes('/api/v1/endpoints'));
    await setHidden(page, false);
    await asksAgain;
  });
});

/** As another tab in front of it does. Playwright keeps every tab visible (its issue 2286), so that the page has to be told. */
async function setHidden(page: Page, isHidden: boolean): Promise<void> {
  await page.evaluate((hidden) => {
    const state: DocumentVisibilityState = hidden ? 'hidden' : 'visible';
    Object.defineProperty(document, 'hidden', { configurable: true, value: hidden });
    Object.defineProperty(document, 'visibilityState', { configurable: true, value: state });
    document.dispatchEvent(new Event('visibilitychange'));
  }, isHidden);
}
