// World: Debian's Chromium and Prometheus: the queries for a row count it. Provided by: npm run test:browser; apt-get install prometheus
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { executableCalled, PLAIN_NODE, startIncident } from '../incidents/incident-process.ts';
import { eventually } from '../peers/eventually.ts';
import { type Prometheus, startPrometheus } from '../peers/prometheus.ts';
import { describeInBrowser } from './browser.ts';
import { LiveView, liveViewUrl, startLiveView } from './live-view.ts';
import { startTestServer } from './test-server.ts';

const CONNECTIONS = 3;
const installed = spawnSync('prometheus', ['--version']).status === 0;
/** The labels of a process in PromQL are a place where names of processes get into a language. */
const CLIENT = 'queried "client"\\';

describeInBrowser('the queries for a row', (browser) => {
  test.skipIf(!installed)('have answers that count it (apt-get install prometheus)', async () => {
    await using server = await startTestServer();
    using client = executableCalled(CLIENT, PLAIN_NODE.file);
    await using _running = await startIncident(client, 'tcp-client', server.port, CONNECTIONS);
    await using program = await startLiveView('--collector.destination.enable');
    const targets = [{ address: new URL(program.url).host }];
    await using prometheus = await startPrometheus({ program: 'prometheus', targets });
    await using page = await browser.open(liveViewUrl(program));
    const live = new LiveView(page);

    for (const { row, exactly } of [
      { row: { process: CLIENT, 'remote-port': server.port }, exactly: CONNECTIONS },
      { row: { 'local-port': server.port, state: 'listen' }, exactly: 1 },
      { row: { 'local-port': server.port, state: 'established' }, exactly: CONNECTIONS },
    ]) {
      const search = 'process' in row ? CLIENT : String(server.port);
      await live.search.fill(search);
      await live.rows(row).first().click();
      await page.keyboard.press('Enter');
      await live.field('process').waitFor();
      const queries = live.details.locator('[data-query] code');
      await queries.first().waitFor();
      const expressions = await queries.allTextContents();
      const counts = await Promise.all(expressions.map((expression) => sumOf(prometheus, expression)));
      for (const [index, count] of counts.entries()) expect(count, expressions[index]).toBeGreaterThanOrEqual(1);
      // One of them is of the process or of the port alone.
      expect(counts, expressions.join('\n')).toContain(exactly);
      await page.keyboard.press('Escape');
      await live.details.waitFor({ state: 'detached' });
    }
  });
});

/** Of the first answer that has series: the page knows a collection before it is scraped. */
async function sumOf(prometheus: Prometheus, expression: string): Promise<number> {
  const series = await eventually(`series of ${expression}`, async () => {
    const found = await prometheus.query(expression);
    return found.length === 0 ? undefined : found;
  });
  return series.reduce((sum, { value }) => sum + value, 0);
}
