// World: Debian's Chromium: searching, filtering and sorting the live view. Provided by: npm run test:browser
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { expect, test, vi } from 'vitest';
import type { EndpointsAnswer } from '../../src/views/endpoint.ts';
import { executableCalled, PLAIN_NODE, startIncident } from '../incidents/incident-process.ts';
import { PATIENCE } from '../support/patience.ts';
import type { RunningProgram } from '../support/program.ts';
import { describeInBrowser } from './browser.ts';
import { LiveView, liveViewUrl, queryOf, startLiveView, type ViewParameters } from './live-view.ts';
import { startTestServer } from './test-server.ts';

const CONNECTIONS = 3;
/** The latest collection is the first and only one: what the page shows can be compared with what the API says. */
const ONE_COLLECTION = '--collector.interval=1h';

describeInBrowser('filters of the live view', (browser) => {
  test('each leaves what it says, is in the address bar, and can be removed', async () => {
    await using server = await startTestServer();
    using client = executableCalled('filtered-client', PLAIN_NODE.file);
    await using _running = await startIncident(client, 'tcp-client', server.port, CONNECTIONS);
    const datagrams = createSocket('udp4').bind(0, '127.0.0.1');
    await once(datagrams, 'listening');
    await using program = await startLiveView(ONE_COLLECTION);
    await using page = await browser.open(liveViewUrl(program));
    const view = new LiveView(page);
    for (const [name, value, rowsAtLeast] of [
      ['process', client.process, CONNECTIONS],
      ['state', 'listen', 1],
      ['port', String(server.port), 1 + CONNECTIONS],
      ['protocol', 'udp', 1],
      ['remote', `127.0.0.1:${server.port}`, CONNECTIONS],
    ] as const) {
      await view.addFilter(name, value);
      await page.waitForURL((url) => url.searchParams.get(name) === value);
      const rows = await expectRows(view, program, { [name]: value });
      expect(rows, name).toBeGreaterThanOrEqual(rowsAtLeast);
      await view.filters.click();
      await vi.waitFor(() => expect(view.parameters()).toEqual({}), PATIENCE);
    }
    datagrams.close();
  });

  test('several leave what fits all of them', async () => {
    await using server = await startTestServer();
    using client = executableCalled('filtered-client', PLAIN_NODE.file);
    await using _running = await startIncident(client, 'tcp-client', server.port, CONNECTIONS);
    await using program = await startLiveView(ONE_COLLECTION);
    await using page = await browser.open(liveViewUrl(program));
    const view = new LiveView(page);
    await view.addFilter('port', String(server.port));
    await view.addFilter('state', 'established');
    expect(await expectRows(view, program, { port: server.port, state: 'established' })).toBe(CONNECTIONS);
    await page.getByRole('button', { name: 'Remove all filters' }).click();
    await vi.waitFor(() => expect(view.parameters()).toEqual({}), PATIENCE);
  });

  test('a search leaves rows that have all its words, wherever', async () => {
    await using server = await startTestServer();
    using client = executableCalled('searched-client', PLAIN_NODE.file);
    await using _running = await startIncident(client, 'tcp-client', server.port, CONNECTIONS);
    await using program = await startLiveView(ONE_COLLECTION);
    await using page = await browser.open(liveViewUrl(program));
    const view = new LiveView(page);
    await view.search.fill(`SEARCHED ${server.port}`);
    expect(await expectRows(view, program, { search: `SEARCHED ${server.port}` })).toBe(CONNECTIONS);
    await view.search.fill('searched nobody-has-this');
    await page.locator('[data-empty]').waitFor();
  });

  test('the buttons of the counts choose states', async () => {
    await using server = await startTestServer();
    await server.connect();
    await using program = await startLiveView(ONE_COLLECTION);
    await using page = await browser.open(liveViewUrl(program, { port: server.port }));
    const view = new LiveView(page);
    const listening = page.locator('[data-count="listen"]');
    await listening.click();
    expect(await expectRows(view, program, { port: server.port, state: 'listen' })).toBe(1);
    expect(await listening.getAttribute('aria-pressed')).toBe('true');
    await listening.click();
    expect(await expectRows(view, program, { port: server.port })).toBe(2);
  });

  test('a filter that is none is refused in words, and nothing breaks', async () => {
    await using program = await startLiveView(ONE_COLLECTION);
    browser.expectTroubles(/status of 400/);
    await using page = await browser.open(liveViewUrl(program, { port: 'eighty' }));
    const view = new LiveView(page);
    await vi.waitFor(async () => expect(await view.problems.first().textContent()).toContain('"eighty"'), PATIENCE);
    await view.filters.click();
    await view.rows().first().waitFor();
    await view.problems.waitFor({ state: 'detached' });
  });

  test.each(['local-port', 'process', 'pid', 'state'] as const)(
    'a click sorts by %s, another one the other way round',
    async (column) => {
      await using server = await startTestServer();
      await Promise.all(Array.from({ length: CONNECTIONS }, () => server.connect()));
      await using program = await startLiveView(ONE_COLLECTION);
      await using page = await browser.open(liveViewUrl(program, { search: '127.0.0.1' }));
      const view = new LiveView(page);
      const button = view.header(column).getByRole('button');
      await button.click();
      await expectRows(view, program, { search: '127.0.0.1', sort: column });
      expect(await view.header(column).getAttribute('aria-sort')).toBe('ascending');
      await button.click();
      await expectRows(view, program, { search: '127.0.0.1', sort: column, order: 'desc' });
      expect(await view.header(column).getAttribute('aria-sort')).toBe('descending');
    },
  );
});

/** The table shows just what the API says, in its order, and the address bar asks the same: how many rows there are. */
async function expectRows(view: LiveView, program: RunningProgram, asked: ViewParameters): Promise<number> {
  const response = await fetch(`${program.url}/api/v1/endpoints${queryOf(asked)}`);
  const { endpoints, total } = (await response.json()) as EndpointsAnswer;
  const expected = endpoints.map(({ protocol, localPort, process, pid }) => [protocol, localPort, process, pid ?? '']);
  await vi.waitFor(async () => {
    const shown = await view.texts('protocol', 'local-port', 'process', 'pid');
    expect(shown).toEqual(expected.slice(0, shown.length).map((row) => row.map(String)));
    expect(await view.endpoints.getAttribute('aria-rowcount')).toBe(String(total + 1));
    expect(total === 0 || shown.length > 0).toBe(true);
  }, PATIENCE);
  const { order, ...parameters } = asked;
  const shownOrder = view.parameters()['order'];
  expect({ ...view.parameters(), order: shownOrder }).toEqual({
    ...Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, String(value)])),
    order: order ?? shownOrder,
  });
  return total;
}
