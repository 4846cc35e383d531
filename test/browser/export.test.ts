// World: Debian's Chromium: taking the rows of the live view elsewhere. Provided by: npm run test:browser
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Endpoint, EndpointsAnswer } from '../../src/views/endpoint.ts';
import { describeInBrowser } from './browser.ts';
import { LiveView, liveViewUrl, queryOf, startLiveView } from './live-view.ts';
import { startTestServer } from './test-server.ts';

const CONNECTIONS = 3;
const CLIPBOARD = { permissions: ['clipboard-read', 'clipboard-write'] };

describeInBrowser('rows of the live view, taken elsewhere', (browser) => {
  test('CSV has what is shown, in its order', async () => {
    await using server = await startTestServer();
    await Promise.all(Array.from({ length: CONNECTIONS }, () => server.connect()));
    const view = { port: server.port, sort: 'remote-port', order: 'desc' };
    await using program = await startLiveView();
    await using page = await browser.open(liveViewUrl(program, view));
    const live = new LiveView(page);
    await live.rows({ state: 'established' }).first().waitFor();
    await live.pause.click();
    await page.getByRole('button', { name: 'Resume' }).waitFor();
    const downloading = page.waitForEvent('download');
    await live.csv.click();
    const download = await downloading;
    expect(download.suggestedFilename()).toMatch(/\.csv$/);
    const text = readFileSync(await download.path(), 'utf8');
    const rows: readonly Readonly<Record<string, string>>[] = parse(text, { columns: true });
    expect(rows).toHaveLength(1 + CONNECTIONS);

    const answer = await fetch(`${program.url}/api/v1/endpoints${queryOf(view)}`);
    const { endpoints } = (await answer.json()) as EndpointsAnswer;
    const cells = (endpoint: Endpoint) => [endpoint.localPort, endpoint.remotePort ?? '', endpoint.state, endpoint.pid];
    const written = rows.map((row) => [row['local port'], row['remote port'], row['state'], row['process id']]);
    expect(written).toEqual(endpoints.map((endpoint) => cells(endpoint).map(String)));
    expect(await live.texts('local-port', 'remote-port', 'state', 'pid')).toEqual(written);
  });

  test('a copy of what is visible has a line a row, with tabs between the cells', async () => {
    await using server = await startTestServer();
    await server.connect();
    await using program = await startLiveView();
    await using page = await browser.open(liveViewUrl(program, { port: server.port }), CLIPBOARD);
    const live = new LiveView(page);
    await live.rows({ state: 'established' }).waitFor();
    await live.copy.click();
    await live.status.filter({ hasText: 'Copied' }).waitFor();
    const [header, ...lines] = (await clipboard(page)).trimEnd().split('\n');
    expect(header?.split('\t')).toContain('local port');
    expect(lines).toHaveLength(2);
    for (const line of lines) expect(line.split('\t')).toContain(String(server.port));
  });

  test('a copy of the selected row is that row alone', async () => {
    await using server = await startTestServer();
    const { clientPort } = await server.connect();
    await using program = await startLiveView();
    await using page = await browser.open(liveViewUrl(program, { port: server.port }), CLIPBOARD);
    const live = new LiveView(page);
    await live.rows({ state: 'established' }).click();
    await page.keyboard.press('Control+c');
    await live.status.filter({ hasText: 'Copied' }).waitFor();
    const cells = (await clipboard(page)).trimEnd().split('\t');
    expect(cells).toEqual(
      expect.arrayContaining(['127.0.0.1', String(server.port), String(clientPort), 'established']),
    );
  });
});

async function clipboard(page: Page): Promise<string> {
  return page.evaluate(() => navigator.clipboard.readText());
}
