// World: Debian's Chromium: groups of the live view, and what is in them. Provided by: npm run test:browser
import { expect, test, vi } from 'vitest';
import { executableCalled, PLAIN_NODE, startIncident } from '../incidents/incident-process.ts';
import { PATIENCE } from '../support/patience.ts';
import { describeInBrowser } from './browser.ts';
import { LiveView, liveViewUrl, startLiveView } from './live-view.ts';
import { startTestServer } from './test-server.ts';

const CONNECTIONS = 3;
const CLIENT = 'grouped-client';

/** By grouping: the group of the client's connections, and what its filter leaves. `port` stands for the server's. */
const GROUPS = [
  { by: 'process', cells: { process: CLIENT }, total: CONNECTIONS, filter: { process: CLIENT } },
  { by: 'port', cells: { protocol: 'tcp', 'local-port': 'port' }, total: 1 + CONNECTIONS, filter: { port: 'port' } },
  { by: 'state', cells: { state: 'established' }, total: 2 * CONNECTIONS, filter: { state: 'established' } },
  {
    by: 'destination',
    cells: { process: CLIENT, 'remote-address': '127.0.0.1', 'remote-port': 'port' },
    total: CONNECTIONS,
    filter: { process: CLIENT },
  },
] as const;

describeInBrowser('groups of the live view', (browser) => {
  test.each(GROUPS)(
    'by $by are counted, and lead to their endpoints and back',
    async ({ by, cells, total, filter }) => {
      await using server = await startTestServer();
      using client = executableCalled(CLIENT, PLAIN_NODE.file);
      await using _running = await startIncident(client, 'tcp-client', server.port, CONNECTIONS);
      await using program = await startLiveView();
      const port = String(server.port);
      const withPort = (texts: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
        Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, text === 'port' ? port : text]));
      // Only the two ends of these connections, and the listener: the host's others do not count.
      await using page = await browser.open(liveViewUrl(program, { search: port }));
      const view = new LiveView(page);
      await view.grouping.selectOption(by);
      await view.groups.waitFor();
      expect(view.parameters()).toEqual({ search: port, by });

      const group = view.rows(withPort(cells));
      expect(await group.locator('[data-cell="total"]').textContent()).toBe(String(total));
      expect(await group.locator('[data-cell="counts"]').textContent()).toContain('established');
      await group.click();
      await view.endpoints.waitFor();
      await vi.waitFor(
        async () => expect(await view.endpoints.getAttribute('aria-rowcount')).toBe(String(total + 1)),
        PATIENCE,
      );
      expect(view.parameters()).toMatchObject(withPort(filter));
      expect(view.parameters()).not.toHaveProperty('by');
      const column = by === 'destination' ? 'remote-port' : by === 'port' ? 'local-port' : by;
      const wanted = withPort(cells)[column] ?? '';
      await vi.waitFor(async () => expect(await view.texts(column)).toEqual(Array(total).fill([wanted])), PATIENCE);

      await page.goBack();
      await group.waitFor();
      expect(view.parameters()).toEqual({ search: port, by });
    },
  );

  test('come with the most endpoints first, and are sorted by a click', async () => {
    await using program = await startLiveView();
    await using page = await browser.open(liveViewUrl(program, { by: 'port' }));
    const view = new LiveView(page);
    await view.rows().first().waitFor();
    const numbers = async (column: string): Promise<readonly number[]> =>
      (await view.texts(column)).flat().map(asNumber);
    const totals = await numbers('total');
    expect(totals).toEqual(totals.toSorted((a, b) => b - a));
    await view.header('local-port').getByRole('button').click();
    await vi.waitFor(async () => {
      expect(await view.header('local-port').getAttribute('aria-sort')).toBe('ascending');
      const ports = await numbers('local-port');
      expect(ports.length).toBeGreaterThan(0);
      expect(ports).toEqual(ports.toSorted((a, b) => a - b));
    }, PATIENCE);
  });
});

function asNumber(text: string): number {
  return Number(text.replaceAll(',', ''));
}
