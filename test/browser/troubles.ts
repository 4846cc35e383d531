// What must not happen in a page: errors that nobody caught or that the console shows, refusals by a policy, failed requests.
import type { BrowserContext, ConsoleMessage, Request } from 'playwright-core';

/** What is no longer wanted is ended by the page, or with it. */
const ENDED_BY_PAGE = 'net::ERR_ABORTED';

/** Adds a line for each, from now on, of all pages of the context. Chromium shows what a policy refuses in the console. */
export function watchForTroubles(context: BrowserContext, troubles: string[]): void {
  context.on('console', (message) => {
    if (isTrouble(message)) troubles.push(`console ${message.type()}: ${message.text()} (${message.location().url})`);
  });
  context.on('weberror', (webError) => void troubles.push(`uncaught: ${webError.error().message}`));
  context.on('requestfailed', (request) => {
    const reason = failureOf(request);
    if (reason !== ENDED_BY_PAGE) troubles.push(`failed: ${request.url()} ${reason}`);
  });
}

function isTrouble(message: ConsoleMessage): boolean {
  return message.type() === 'error' || message.type() === 'warning' || message.type() === 'assert';
}

function failureOf(request: Request): string {
  return request.failure()?.errorText ?? 'for an unknown reason';
}
