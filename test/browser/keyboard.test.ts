// World: Debian's Chromium: the live view without a mouse. Provided by: npm run test:browser
import type { Locator, Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { PATIENCE } from '../support/patience.ts';
import { describeInBrowser } from './browser.ts';
import { LiveView, liveViewUrl, startLiveView } from './live-view.ts';
import { startTestServer } from './test-server.ts';

/** More than there are places to stop at. */
const MAX_TABS = 60;

describeInBrowser('the live view without a mouse', (browser) => {
  test('is searched, sorted, read and left by keys alone', async () => {
    await using server = await startTestServer();
    const connections = await Promise.all([server.connect(), server.connect()]);
    await using program = await startLiveView();
    await using page = await browser.open(liveViewUrl(program));
    const view = new LiveView(page);
    await view.rows().first().waitFor();

    await page.keyboard.press('/');
    await expectFocus(view.search);
    await page.keyboard.type(String(server.port));
    const others = connections.map(({ clientPort }) => String(clientPort));
    await vi.waitFor(async () => expect(await view.rows().count()).toBe(5), PATIENCE);

    await tabTo(page, view.header('local-port').getByRole('button'));
    await page.keyboard.press('Enter');
    const ports = [...others, ...Array<string>(3).fill(String(server.port))].sort((a, b) => Number(a) - Number(b));
    await vi.waitFor(async () => expect(await view.texts('local-port')).toEqual(ports.map((port) => [port])), PATIENCE);

    await tabTo(page, view.endpoints);
    await page.keyboard.press('End');
    await expectSelected(view, 4);
    await page.keyboard.press('ArrowUp');
    await expectSelected(view, 3);
    await page.keyboard.press('Home');
    await expectSelected(view, 0);
    await page.keyboard.press('ArrowDown');
    await expectSelected(view, 1);
    await page.keyboard.press('Enter');
    await view.details.waitFor();
    expect(await view.field('local-port').textContent()).toBe(ports[1]);
    await page.keyboard.press('Escape');
    await view.details.waitFor({ state: 'detached' });
    await expectFocus(view.endpoints);
  });

  test('is grouped, drilled into and come back from by keys alone', async () => {
    await using program = await startLiveView();
    await using page = await browser.open(liveViewUrl(program));
    const view = new LiveView(page);
    await view.rows().first().waitFor();
    await tabTo(page, view.grouping);
    await page.keyboard.type('state');
    await view.groups.waitFor();
    await tabTo(page, view.groups);
    await page.keyboard.press('Home');
    await expectSelected(view, 0);
    const [[state] = []] = await view.texts('state');
    await page.keyboard.press('Enter');
    await view.endpoints.waitFor();
    expect(view.parameters()).toEqual({ state });
    await expectFocus(view.endpoints);
    // Without a window there is nobody who knows the browser's own key for this.
    await page.goBack();
    await view.groups.waitFor();
    await expectFocus(view.groups);
  });

  test('is paused by a key, unless that is typed somewhere', async () => {
    await using program = await startLiveView();
    await using page = await browser.open(liveViewUrl(program));
    const view = new LiveView(page);
    await view.rows().first().waitFor();
    await page.keyboard.press('p');
    await page.getByRole('button', { name: 'Resume' }).waitFor();
    await page.keyboard.press('p');
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    await view.search.focus();
    await page.keyboard.press('p');
    expect(await view.search.inputValue()).toBe('p');
    expect(await view.pause.textContent()).toContain('Pause');
  });
});

/** Fails where no number of tabs leads there. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let tabs = 0; tabs < MAX_TABS; tabs++) {
    if (await hasFocus(target)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${MAX_TABS} tabs do not lead to ${target}`);
}

async function hasFocus(target: Locator): Promise<boolean> {
  return target.evaluate((element) => element === document.activeElement);
}

async function expectFocus(target: Locator): Promise<void> {
  await vi.waitFor(async () => expect(await hasFocus(target)).toBe(true), PATIENCE);
}

async function expectSelected({ page }: LiveView, position: number): Promise<void> {
  const selected = page.locator('[data-row][aria-selected="true"]');
  await vi.waitFor(async () => expect(await selected.getAttribute('data-row')).toBe(String(position)), PATIENCE);
}
