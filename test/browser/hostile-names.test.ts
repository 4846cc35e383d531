// World: Debian's Chromium: names of processes and services that want to be more than names. Provided by: npm run test:browser
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { EndpointsAnswer } from '../../src/views/endpoint.ts';
import { executableCalled, PLAIN_NODE, startIncident } from '../incidents/incident-process.ts';
import { recordingOf } from '../support/recording.ts';
import { snapshotOf } from '../support/snapshots.ts';
import { describeInBrowser } from './browser.ts';
import { LiveView, liveViewUrl, startLiveView } from './live-view.ts';
import { startTestServer } from './test-server.ts';

interface HostileName {
  readonly name: string;
  /** As the metrics have it, in which a control character is replaced: where that is not the name itself. */
  readonly process?: string;
  /** As it is shown of a service: where that is not the name itself. */
  readonly service?: string;
}

/** Those that a file of Linux can have. */
const FILE_NAMES: readonly HostileName[] = [
  { name: '<img src=x onerror=harmed=1>' },
  {
    name: '\u001b[31mred\u001b]0;title\u0007',
    process: '\ufffd[31mred\ufffd]0;title\ufffd',
    service: '\ufffd[31mred\ufffd]0;title\ufffd',
  },
  { name: '=1+1' },
  { name: 'gpj.\u202eexe', process: 'gpj.\\u202eexe', service: 'gpj.\\u202eexe' },
  { name: '漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字' },
];
/** Windows services, images of recordings. */
const OTHER_NAMES: readonly HostileName[] = [
  { name: "=cmd|' /C calc'!A0" },
  { name: '+1' },
  { name: '-1+2' },
  { name: '@SUM(A1)' },
  { name: '</script><script>harmed=1</script>' },
  { name: '"onmouseover="harmed=1' },
  { name: "javascript:harmed=1//'" },
  { name: '{{constructor.constructor("harmed=1")()}}' },
  { name: 'a,b;"c"' },
  { name: '__proto__' },
];
const NAMES = [...FILE_NAMES, ...OTHER_NAMES];
/** What a spreadsheet takes for the beginning of a formula (OWASP, "CSV Injection"). */
const FORMULA = /^[=+\-@\t\r]/;
const FIRST_PID = 100;
const FIRST_PORT = 1_000;

describeInBrowser('hostile names', (browser) => {
  test('of processes and services are texts in list, groups and details', async () => {
    using recording = hostileHost();
    await using program = await startLiveView(recording.source);
    await using page = await browser.open(liveViewUrl(program, { sort: 'local-port' }));
    const view = new LiveView(page);
    await view.rows().last().waitFor();
    const shown = NAMES.map(({ name, process = name, service = name }) => [process, service]);
    expect(await view.texts('process', 'services')).toEqual(shown);
    for (const [index, [name = '']] of shown.entries()) {
      await view.rows().nth(index).click();
      if (index === 0) await page.keyboard.press('Enter');
      await view.field('process').filter({ hasText: name }).waitFor();
      expect(await view.field('process').textContent()).toBe(name);
    }
    await page.keyboard.press('Escape');
    await view.grouping.selectOption('process');
    await view.groups.waitFor();
    await view.rows().last().waitFor();
    expect(new Set((await view.texts('process')).flat())).toEqual(new Set(shown.map(([name]) => name)));
    await expectNoHarm(page);
  });

  test('can be filtered by, each for itself', async () => {
    using recording = hostileHost();
    await using program = await startLiveView(recording.source);
    await using page = await browser.open(liveViewUrl(program));
    const view = new LiveView(page);
    await view.rows().last().waitFor();
    for (const [index, { name, process = name }] of NAMES.entries()) {
      await page.goto(liveViewUrl(program, { by: 'process' }));
      await view.rows({ process }).click();
      await view.endpoints.waitFor();
      await view.rows().waitFor();
      expect(await view.texts('local-port')).toEqual([[String(FIRST_PORT + index)]]);
    }
    await expectNoHarm(page);
  });

  test('are no formulas in CSV, and can be read there', async () => {
    using recording = hostileHost();
    await using program = await startLiveView(recording.source);
    await using page = await browser.open(liveViewUrl(program, { sort: 'local-port' }));
    const view = new LiveView(page);
    await view.rows().last().waitFor();
    const downloading = page.waitForEvent('download');
    await view.csv.click();
    const text = readFileSync(await (await downloading).path(), 'utf8');
    const rows: readonly Readonly<Record<string, string>>[] = parse(text, { columns: true });
    expect(rows).toHaveLength(NAMES.length);
    for (const [index, { name, process = name, service = name }] of NAMES.entries()) {
      expect(rows[index]?.['process']).toContain(process);
      expect(rows[index]?.['services']).toContain(service);
    }
    for (const cell of rows.flatMap((row) => Object.values(row))) expect(cell).not.toMatch(FORMULA);
  });

  test('of processes that run are the same texts', async () => {
    await using server = await startTestServer();
    await using clients = new AsyncDisposableStack();
    for (const { name } of FILE_NAMES) {
      const client = clients.use(executableCalled(name, PLAIN_NODE.file));
      clients.use(await startIncident(client, 'tcp-client', server.port, 1));
    }
    await using program = await startLiveView();
    await using page = await browser.open(liveViewUrl(program, { remote: `:${server.port}` }));
    const view = new LiveView(page);
    await view
      .rows()
      .nth(FILE_NAMES.length - 1)
      .waitFor();
    const expected = FILE_NAMES.map(({ name, process = name }) => process);
    expect(new Set((await view.texts('process')).flat())).toEqual(new Set(expected));
    const answer = await fetch(`${program.url}/api/v1/endpoints?remote=:${server.port}`);
    const { endpoints } = (await answer.json()) as EndpointsAnswer;
    expect(endpoints.map(({ process }) => process).sort()).toEqual(expected.toSorted());
    await expectNoHarm(page);
  });
});

/** Each name is a process with a service of the same name, and listens on a port of its own. */
function hostileHost() {
  return recordingOf(
    snapshotOf({
      os: 'windows',
      tcp4: NAMES.map((_, i) => ['listen', '0.0.0.0', FIRST_PORT + i, '0.0.0.0', 0, FIRST_PID + i]),
      processes: NAMES.map(({ name }, i) => [FIRST_PID + i, name, name]),
    }),
  );
}

/** No script of a name ran, and no name became an element. That no policy was violated, each test finds at its end. */
async function expectNoHarm(page: Page): Promise<void> {
  expect(await page.evaluate(() => 'harmed' in globalThis)).toBe(false);
  expect(await page.locator('img, script:not([type="module"]), [onerror], [onmouseover]').count()).toBe(0);
}
