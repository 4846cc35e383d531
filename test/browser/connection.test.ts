// World: Debian's Chromium, which watches a connection of this test in the live view. Provided by: npm run test:browser
import { expect, test, vi } from 'vitest';
import { PATIENCE } from '../support/patience.ts';
import { describeInBrowser } from './browser.ts';
import { LiveView, liveViewUrl, startLiveView } from './live-view.ts';
import { rememberChanges } from './seen-changes.ts';
import { OWN_PROCESS, startTestServer } from './test-server.ts';

/** So seldom that a page which asks every two seconds sees each collection, even where its answers take long. */
const SELDOM = '--collector.interval=5s';

describeInBrowser('a connection in the live view', (browser) => {
  test('appears, changes its state and disappears, and flashes each time', async () => {
    await using server = await startTestServer();
    await using program = await startLiveView(SELDOM);
    await using page = await browser.open(liveViewUrl(program, { remote: `:${server.port}` }));
    const view = new LiveView(page);
    await page.locator('[data-empty]').waitFor();
    const changesOf = await rememberChanges(page);

    const connection = await server.connect();
    const row = view.rows({ 'local-port': connection.clientPort });
    const flashed = async (...changes: readonly string[]): Promise<void> =>
      vi.waitFor(async () => expect(await changesOf(connection.clientPort)).toEqual(changes), PATIENCE);
    await flashed('new');
    await view.rows({ 'local-port': connection.clientPort, state: 'established' }).waitFor();
    expect(await row.locator('[data-cell="process"]').textContent()).toBe(OWN_PROCESS);
    expect(await row.locator('[data-cell="pid"]').textContent()).toBe(String(process.pid));
    // The flash of a collection is over with the next one.
    await row.and(page.locator(':not([data-change])')).waitFor();

    await connection.endByServer();
    await flashed('new', 'changed');
    await view.rows({ 'local-port': connection.clientPort, state: 'close_wait' }).waitFor();

    await connection.end();
    await flashed('new', 'changed', 'closed');
    await page.locator('[data-empty]').waitFor();
    expect(await row.count()).toBe(0);
  });

  test('of which one end is asked for is one row, with both its ends', async () => {
    await using server = await startTestServer();
    await using program = await startLiveView();
    const { clientPort } = await server.connect();
    await using page = await browser.open(liveViewUrl(program, { port: clientPort }));
    const view = new LiveView(page);
    await view.rows().waitFor();
    const shown = ['protocol', 'local-address', 'local-port', 'remote-address', 'remote-port', 'state', 'pid'];
    const row = ['tcp', '127.0.0.1', clientPort, '127.0.0.1', server.port, 'established', process.pid];
    expect(await view.texts(...shown)).toEqual([row.map(String)]);
  });
});
