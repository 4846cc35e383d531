// `npm run pictures:live`: the pictures of docs/views.md: a made-up Windows server in the live view, drawn by Debian's Chromium.
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../test/browser/chromium.ts';
import { LiveView, liveViewUrl, type ViewParameters } from '../test/browser/live-view.ts';
import { madeUpServer } from './live-pictures/made-up-server.ts';
import { type ShownServer, showServer } from './live-pictures/shown-server.ts';
import { PROJECT } from './run-command.ts';

const FOLDER = join(PROJECT, 'docs', 'pictures');
const SIZE = { width: 1080, height: 620 };
/** What the page takes for the host, and the port that the program has by default. */
const HOST = 'web-07.example';
const PORT = 19_182;
const INTERVAL_MS = 10_000;
/** As many as the sparklines have of the past. */
const STEPS = 40;

/** New and closed ones among them. */
const VISITORS = { port: 443, sort: 'remote-address' } as const;

interface Picture {
  readonly name: string;
  readonly colorScheme: 'light' | 'dark';
  readonly parameters?: ViewParameters;
  readonly prepare?: (view: LiveView) => Promise<void>;
}

const PICTURES: readonly Picture[] = [
  { name: 'live-view-light', colorScheme: 'light', parameters: VISITORS },
  { name: 'live-view-dark', colorScheme: 'dark', parameters: VISITORS },
  { name: 'live-view-groups', colorScheme: 'light', parameters: { by: 'process' } },
  {
    name: 'live-view-details',
    colorScheme: 'dark',
    parameters: { process: 'orders-sync', port: '54000-54005' },
    async prepare(view) {
      await view.rows().first().click();
      await view.page.keyboard.press('Enter');
      await view.details.locator('[data-query]').nth(1).scrollIntoViewIfNeeded();
    },
  },
];

await main();

async function main(): Promise<void> {
  await using server = await showServer(HOST, PORT, INTERVAL_MS);
  await using browser = await launchChromium();
  mkdirSync(FOLDER, { recursive: true });
  const beginMs = Date.now() - STEPS * INTERVAL_MS;
  for (let step = 0; step <= STEPS; step++) server.collect(madeUpServer(step, beginMs + step * INTERVAL_MS));
  for (const picture of PICTURES) {
    const file = join(FOLDER, `${picture.name}.png`);
    await draw(browser, server, picture, file);
    console.log(`docs/pictures/${picture.name}.png: ${Math.round(statSync(file).size / 1_000)} kB`);
  }
}

/** Without motion: what flashes stays as it is. */
async function draw(
  browser: Browser,
  server: ShownServer,
  { colorScheme, parameters, prepare }: Picture,
  file: string,
): Promise<void> {
  await using page = await browser.newPage({ viewport: SIZE, colorScheme, reducedMotion: 'reduce' });
  await page.goto(liveViewUrl(server, parameters));
  const view = new LiveView(page);
  await view.rows().first().waitFor();
  await prepare?.(view);
  await page.evaluate('document.fonts.ready.then(() => undefined)');
  await page.screenshot({ path: file });
}
