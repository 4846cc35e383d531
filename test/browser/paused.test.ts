// World: Debian's Chromium: a live view that is paused. Provided by: npm run test:browser
import { expect, test, vi } from 'vitest';
import type { EndpointsAnswer } from '../../src/views/endpoint.ts';
import { freePort } from '../support/free-port.ts';
import { PATIENCE } from '../support/patience.ts';
import { startProgram } from '../support/program.ts';
import { describeInBrowser } from './browser.ts';
import { LiveView, liveViewUrl, startLiveView } from './live-view.ts';
import { startTestServer } from './test-server.ts';

const HOST = '127.0.0.1';

describeInBrowser('a paused live view', (browser) => {
  test('shows nothing new until it goes on', async () => {
    await using server = await startTestServer();
    const before = await server.connect();
    await using program = await startLiveView();
    await using page = await browser.open(liveViewUrl(program, { remote: `:${server.port}` }));
    const view = new LiveView(page);
    await view.rows({ 'local-port': before.clientPort }).waitFor();
    await view.pause.click();
    await page.getByRole('button', { name: 'Resume' }).waitFor();

    const after = await server.connect();
    await untilCollected(program.url, after.clientPort);
    // Another order is of the same collection.
    await view.header('local-port').getByRole('button').click();
    await vi.waitFor(async () => {
      expect(await view.header('local-port').getAttribute('aria-sort')).toBe('ascending');
      expect(await view.texts('local-port')).toEqual([[String(before.clientPort)]]);
    }, PATIENCE);

    await view.pause.click();
    await view.rows({ 'local-port': after.clientPort }).waitFor();
    expect(await view.rows().count()).toBe(2);
  });

  test('asks for the collection that it shows, whatever is looked for in it', async () => {
    await using program = await startLiveView();
    await using page = await browser.open(liveViewUrl(program));
    const view = new LiveView(page);
    await view.rows().first().waitFor();
    const collections: (string | null)[] = [];
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (url.pathname.endsWith('/api/v1/endpoints')) collections.push(url.searchParams.get('collection'));
    });
    await view.pause.click();
    await page.getByRole('button', { name: 'Resume' }).waitFor();
    collections.length = 0;
    for (const text of ['tcp', 'listen']) {
      const answered = page.waitForResponse((response) => response.url().includes(`search=${text}`));
      await view.search.fill(text);
      expect((await answered).status()).toBe(200);
    }
    const [first] = collections;
    expect(first).not.toBeNull();
    expect(new Set(collections)).toEqual(new Set([first]));
  });

  test('says so where its collection is no longer kept, and goes on', async () => {
    // The next run of the program knows no collection of this one.
    const address = `--web.listen-address=${HOST}:${await freePort(HOST)}`;
    const flags = ['--web.enable-live-view', '--collector.interval=1s', address];
    await using first = await startProgram(...flags);
    const url = first.listeners().at(-1) ?? '';
    await using page = await browser.open(liveViewUrl({ url }));
    const view = new LiveView(page);
    await view.rows().first().waitFor();
    await view.pause.click();
    await page.getByRole('button', { name: 'Resume' }).waitFor();
    await first.end();
    await using _second = await startProgram(...flags);

    browser.expectTroubles(/status of 410/);
    await view.search.fill('listen');
    await vi.waitFor(async () => expect((await view.problems.allTextContents()).join()).toContain('resume'), PATIENCE);
    await view.pause.click();
    await view.problems.first().waitFor({ state: 'detached' });
    await view.rows({ state: 'listen' }).first().waitFor();
  });
});

/** Until the program itself has seen it: a page that shows it not by then, does not want to. */
async function untilCollected(url: string, port: number): Promise<void> {
  await vi.waitFor(async () => {
    const response = await fetch(`${url}/api/v1/endpoints?port=${port}`);
    expect(((await response.json()) as EndpointsAnswer).total).toBe(1);
  }, PATIENCE);
}
