// World: Debian's Chromium: a view can be sent to a colleague as its address. Provided by: npm run test:browser
import { expect, test, vi } from 'vitest';
import { PATIENCE } from '../support/patience.ts';
import { describeInBrowser } from './browser.ts';
import { LiveView, liveViewUrl, startLiveView } from './live-view.ts';
import { startTestServer } from './test-server.ts';

describeInBrowser('the address of a live view', (browser) => {
  test('shows a colleague the same rows in the same order', async () => {
    await using server = await startTestServer();
    await Promise.all([server.connect(), server.connect()]);
    await using program = await startLiveView();
    await using page = await browser.open(liveViewUrl(program));
    const view = new LiveView(page);
    await view.addFilter('port', String(server.port));
    await view.addFilter('state', 'established');
    await view.search.fill('127.0.0.1 tcp');
    await view.header('remote-port').getByRole('button').click();
    await view.header('remote-port').getByRole('button').click();
    await vi.waitFor(
      () =>
        expect(view.parameters()).toEqual({
          port: String(server.port),
          state: 'established',
          search: '127.0.0.1 tcp',
          sort: 'remote-port',
          order: 'desc',
        }),
      PATIENCE,
    );
    await vi.waitFor(async () => expect(await view.texts('state')).toHaveLength(2), PATIENCE);
    const shown = await view.texts('local-port', 'remote-port', 'state');

    await using other = await browser.open(page.url());
    const colleague = new LiveView(other);
    await vi.waitFor(
      async () => expect(await colleague.texts('local-port', 'remote-port', 'state')).toEqual(shown),
      PATIENCE,
    );
    expect(await colleague.search.inputValue()).toBe('127.0.0.1 tcp');
    expect(await colleague.filters.count()).toBe(2);
    expect(await colleague.header('remote-port').getAttribute('aria-sort')).toBe('descending');
  });

  test('shows a colleague the same groups', async () => {
    await using program = await startLiveView();
    await using page = await browser.open(liveViewUrl(program));
    await new LiveView(page).grouping.selectOption('state');
    await page.waitForURL(/by=state/);
    await using other = await browser.open(page.url());
    const colleague = new LiveView(other);
    await colleague.groups.waitFor();
    expect(await colleague.grouping.inputValue()).toBe('state');
  });

  test('goes back and forward through what was chosen, not through what was typed', async () => {
    await using program = await startLiveView();
    await using page = await browser.open(liveViewUrl(program));
    const view = new LiveView(page);
    await view.addFilter('state', 'listen');
    await page.waitForURL(/state=listen/);
    for (const text of ['t', 'tc', 'tcp']) {
      await view.search.fill(text);
      await page.waitForURL((url) => url.searchParams.get('search') === text);
    }
    await view.grouping.selectOption('process');
    await page.waitForURL(/by=process/);
    await view.groups.waitFor();

    await page.goBack();
    await view.endpoints.waitFor();
    expect(view.parameters()).toEqual({ state: 'listen', search: 'tcp' });
    expect(await view.search.inputValue()).toBe('tcp');
    await page.goBack();
    await vi.waitFor(async () => expect(await view.filters.count()).toBe(0), PATIENCE);
    expect(view.parameters()).toEqual({});
    await page.goForward();
    await view.filters.waitFor();
    await page.goForward();
    await view.groups.waitFor();
  });

  test('may have parameters that there are not: a note says so', async () => {
    await using program = await startLiveView();
    await using page = await browser.open(liveViewUrl(program, { colour: 'red', state: 'listen' }));
    const view = new LiveView(page);
    await view.rows({ state: 'listen' }).first().waitFor();
    expect(await page.locator('[data-note="unknown-parameters"]').textContent()).toContain('colour');
  });
});
