// World: Debian's Chromium: a live view whose program does not answer, or not to it. Provided by: npm run test:browser
import { expect, test, vi } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { PATIENCE } from '../support/patience.ts';
import { type RunningProgram, startProgram } from '../support/program.ts';
import { describeInBrowser } from './browser.ts';
import { LiveView, liveViewUrl, startLiveView } from './live-view.ts';

const HOST = '127.0.0.1';
/** The browser is told that it leads here, and nobody has configured it. */
const FOREIGN_HOST = 'foreign.example';
const SECOND_MS = 1_000;
const SECONDS = 60;
/** At two seconds each there would be thirty. */
const MOST_QUESTIONS_IN_A_MINUTE = 15;

describeInBrowser('a live view without an answer', (browser) => {
  test('says so, keeps what it has, and goes on when there is one again', async () => {
    const address = `--web.listen-address=${HOST}:${await freePort(HOST)}`;
    const flags = ['--web.enable-live-view', '--collector.interval=1s', address];
    await using first = await startProgram(...flags);
    await using page = await browser.open(liveViewUrl({ url: first.listeners().at(-1) ?? '' }));
    const view = new LiveView(page);
    await view.rows().first().waitFor();
    browser.expectTroubles(/ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|ERR_SOCKET_NOT_CONNECTED/);
    await first.end();
    await view.problems.first().waitFor();
    expect(await view.rows().count()).toBeGreaterThan(0);
    await using _second = await startProgram(...flags);
    await view.problems.first().waitFor({ state: 'detached' });
  });

  test('asks less and less often', async () => {
    await using program = await startLiveView();
    await using page = await browser.open('about:blank');
    await page.clock.install();
    await page.goto(liveViewUrl(program, { state: 'listen' }));
    await new LiveView(page).rows().first().waitFor();
    browser.expectTroubles(/ERR_FAILED/);
    let asked = 0;
    await page.route('**/api/v1/endpoints?**', async (route) => {
      asked += 1;
      await route.abort();
    });
    for (let seconds = 0; seconds < SECONDS; seconds++) {
      await page.clock.runFor(SECOND_MS);
      // What was asked fails before the next second begins.
      await page.evaluate(() => fetch('live').then((response) => response.text()));
    }
    expect(asked).toBeGreaterThan(1);
    expect(asked).toBeLessThanOrEqual(MOST_QUESTIONS_IN_A_MINUTE);
  });

  test('asked for by another name than its own is refused', async () => {
    await using program = await startLiveView();
    browser.expectTroubles(/status of 403/);
    await using page = await browser.open(liveViewUrl({ url: foreignUrl(program) }));
    expect(await page.textContent('body')).toContain(`not shown as ${FOREIGN_HOST}`);
    expect(await page.locator('[data-loaded]').count()).toBe(0);
  });

  test('tells no page of another origin anything', async () => {
    await using program = await startLiveView();
    // A page of no origin and no policy: the server alone can refuse it.
    await using page = await browser.open('about:blank');
    browser.expectTroubles(/CORS|ERR_FAILED/);
    const paths = ['endpoints', 'endpoints.csv', 'summary'].map((name) => `${program.url}/api/v1/${name}`);
    const told = await page.evaluate(
      (urls) =>
        Promise.all(
          urls.map((url) =>
            fetch(url)
              .then(() => url)
              .catch(() => 'refused'),
          ),
        ),
      paths,
    );
    expect(told).toEqual(paths.map(() => 'refused'));
    await vi.waitFor(async () => expect((await fetch(paths[0] ?? '')).status).toBe(200), PATIENCE);
  });
});

/** As a page asks that has made its own name lead here. */
function foreignUrl({ url }: RunningProgram): string {
  return `http://${FOREIGN_HOST}:${new URL(url).port}`;
}
