// One Chromium for the tests of a file. A test fails where a page of it had an error that the test did not expect.
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest';
import { CHROMIUM, launchChromium, PROVIDED_BY } from './chromium.ts';
import { watchForTroubles } from './troubles.ts';

/** For what the page does at once: so long that no machine is too slow. */
const ACTION_TIMEOUT_MS = 30_000;

export interface TestBrowser {
  /**
   * Opens the page in a context of its own: no cookies, cache or settings of another test. It is to be disposed of before
   * the server that it asks, or its questions fail.
   */
  open(url: string, options?: BrowserContextOptions): Promise<Page>;
  /** From now until the end of this test, errors that say so are no failure. */
  expectTroubles(pattern: RegExp): void;
}

/** A suite that is skipped, with the command that helps, where there is no browser. */
export function describeInBrowser(title: string, suite: (browser: TestBrowser) => void): void {
  describe.skipIf(CHROMIUM === undefined)(`${title} (${PROVIDED_BY})`, () => suite(useBrowser()));
}

function useBrowser(): TestBrowser {
  const used = new AsyncDisposableStack();
  let browser: Browser | undefined;
  const troubles: string[] = [];
  const expected: RegExp[] = [];
  beforeAll(async () => {
    browser = used.use(await launchChromium());
  });
  afterEach(async () => {
    await Promise.all(browser?.contexts().map((context) => context.close()) ?? []);
    const unexpected = troubles.splice(0).filter((trouble) => !expected.some((pattern) => pattern.test(trouble)));
    expected.length = 0;
    expect(unexpected).toEqual([]);
  });
  afterAll(() => used.disposeAsync());
  return {
    async open(url, options) {
      if (browser === undefined) throw new Error('a page can be opened in a test only');
      const context = await browser.newContext(options);
      context.setDefaultTimeout(ACTION_TIMEOUT_MS);
      watchForTroubles(context, troubles);
      const page = await context.newPage();
      await page.goto(url);
      return page;
    },
    expectTroubles: (pattern) => void expected.push(pattern),
  };
}
