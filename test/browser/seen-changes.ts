// What flashed in a page, so that a test that looks late has seen it all the same.
import type { Page } from 'playwright-core';

/** From now on, until the page is left. Gives the changes so far that rows with this local port were marked with, in order. */
export async function rememberChanges(page: Page): Promise<(localPort: number) => Promise<readonly string[]>> {
  const seen = await page.evaluateHandle(() => {
    const changes: { port: string; change: string }[] = [];
    const look = (): void => {
      for (const row of document.querySelectorAll<HTMLElement>('[data-row][data-change]')) {
        const port = row.querySelector('[data-cell="local-port"]')?.textContent ?? '';
        const change = row.dataset['change'] ?? '';
        if (!changes.some((known) => known.port === port && known.change === change)) changes.push({ port, change });
      }
    };
    look();
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
    return changes;
  });
  return (localPort) =>
    seen.evaluate(
      (changes, port) => changes.filter((known) => known.port === port).map(({ change }) => change),
      String(localPort),
    );
}
