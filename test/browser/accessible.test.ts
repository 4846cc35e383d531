// World: Debian's Chromium and axe-core: the live view has no grave fault in any of its forms. Provided by: npm run test:browser
import type { BrowserContextOptions } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { graveFindings } from './accessibility.ts';
import { describeInBrowser } from './browser.ts';
import { LiveView, liveViewUrl, startLiveView, type ViewParameters } from './live-view.ts';
import { startTestServer } from './test-server.ts';

const NARROW = { width: 360, height: 640 };

interface Form {
  readonly form: string;
  readonly parameters?: ViewParameters;
  readonly reach?: (view: LiveView) => Promise<void>;
}

const FORMS: readonly Form[] = [
  { form: 'the list' },
  { form: 'filters and an order', parameters: { state: 'listen', protocol: 'tcp', sort: 'pid' } },
  { form: 'groups', parameters: { by: 'process' } },
  { form: 'nothing that fits', parameters: { search: 'nobody-has-this' } },
  { form: 'a note', parameters: { colour: 'red' } },
  {
    form: 'details',
    async reach(view) {
      await view.rows().first().click();
      await view.page.keyboard.press('Enter');
      await view.details.locator('[data-query]').first().waitFor();
    },
  },
  {
    form: 'a pause',
    async reach(view) {
      await view.pause.click();
      await view.page.getByRole('button', { name: 'Resume' }).waitFor();
    },
  },
];

const SCREENS: readonly { readonly screen: string; readonly options: BrowserContextOptions }[] = [
  { screen: 'a light screen', options: { colorScheme: 'light' } },
  { screen: 'a dark screen', options: { colorScheme: 'dark' } },
  { screen: 'a narrow screen', options: { viewport: NARROW } },
  { screen: 'a screen with forced colours', options: { forcedColors: 'active' } },
];

describeInBrowser('the live view', (browser) => {
  describe.each(SCREENS)('on $screen', ({ options }) => {
    test.each(FORMS)('has no grave fault: $form', async ({ parameters, reach }) => {
      await using server = await startTestServer();
      await server.connect();
      await using program = await startLiveView();
      await using page = await browser.open(liveViewUrl(program, parameters), options);
      await arrive(new LiveView(page), reach);
      expect(await graveFindings(page)).toEqual([]);
    });
  });

  test.each(FORMS)('is never wider than a narrow screen: $form', async ({ parameters, reach }) => {
    await using program = await startLiveView();
    await using page = await browser.open(liveViewUrl(program, parameters), { viewport: NARROW });
    await arrive(new LiveView(page), reach);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(NARROW.width);
  });

  test('flashes without motion where that is not wanted', async () => {
    await using server = await startTestServer();
    await using program = await startLiveView();
    const view = liveViewUrl(program, { remote: `:${server.port}` });
    await using page = await browser.open(view, { reducedMotion: 'reduce' });
    await page.locator('[data-empty]').waitFor();
    await server.connect();
    const row = page.locator('[data-row][data-change="new"]');
    const style = await row.evaluate((element) => {
      const { animationName, transitionDuration } = getComputedStyle(element);
      return { animationName, transitionDuration };
    });
    expect(style).toEqual({ animationName: 'none', transitionDuration: '0s' });
  });
});

async function arrive(view: LiveView, reach: Form['reach']): Promise<void> {
  await view.rows().or(view.page.locator('[data-empty]')).first().waitFor();
  await reach?.(view);
}
