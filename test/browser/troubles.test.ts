// World: Debian's Chromium. The tests of the pages notice what goes wrong in one. Provided by: npm run test:browser
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test, vi } from 'vitest';
import { PATIENCE } from '../support/patience.ts';
import { graveFindings } from './accessibility.ts';
import { CHROMIUM, launchChromium, PROVIDED_BY } from './chromium.ts';
import { watchForTroubles } from './troubles.ts';

/** By what each is known in the line that tells of it, and the script of a page that does it. */
const TROUBLES = [
  ['console error: said', 'console.error("said")'],
  ['console warning: said', 'console.warn("said")'],
  ['uncaught: thrown', 'setTimeout(() => { throw new Error("thrown") })'],
  ['uncaught: rejected', 'Promise.reject(new Error("rejected"))'],
  ['404', 'fetch("/nowhere")'],
  ['failed: http://127.0.0.1:9/', 'fetch("http://127.0.0.1:9/").catch(() => {})'],
  [
    'violates the following Content Security Policy',
    'document.body.append(Object.assign(new Image(), { src: "/image" }))',
  ],
  ["requires 'TrustedHTML'", 'try { document.body.innerHTML = "<b>" } catch {}'],
] as const;

describe.skipIf(CHROMIUM === undefined)(`troubles of a page (${PROVIDED_BY})`, () => {
  test.each(TROUBLES)('%s is noticed', async (line, script) => {
    await using server = await servePage(script);
    await using browser = await launchChromium();
    const context = await browser.newContext();
    const troubles: string[] = [];
    watchForTroubles(context, troubles);
    await (await context.newPage()).goto(server.url);
    await vi.waitFor(() => expect(troubles.join('\n')).toContain(line), PATIENCE);
  });

  test('a page without any has none', async () => {
    await using server = await servePage('fetch("/").then(() => console.log("done"))');
    await using browser = await launchChromium();
    const context = await browser.newContext();
    const troubles: string[] = [];
    watchForTroubles(context, troubles);
    const done = context.waitForEvent('console');
    await (await context.newPage()).goto(server.url);
    expect((await done).text()).toBe('done');
    expect(troubles).toEqual([]);
  });

  test('a field that nobody can name is a grave fault, one with a label is none', async () => {
    await using browser = await launchChromium();
    const page = await browser.newPage();
    await page.setContent('<html lang="en"><title>page</title><main><h1>page</h1><label>name <input></label></main>');
    expect(await graveFindings(page)).toEqual([]);
    await page.setContent('<html lang="en"><title>page</title><main><h1>page</h1>name <input></main>');
    expect(await graveFindings(page)).toEqual([expect.stringContaining('<input>')]);
  });
});

/** A page that may run scripts of its own and ask anybody, and nothing else. */
async function servePage(script: string): Promise<AsyncDisposable & { readonly url: string }> {
  const policy = `default-src 'none'; script-src 'unsafe-inline'; connect-src *; require-trusted-types-for 'script'`;
  const document = `<!DOCTYPE html><title>page</title><link rel="icon" href="data:,"><body><script>${script}</script>`;
  const server = createServer((request, response) => {
    const headers = { 'Content-Type': 'text/html', 'Content-Security-Policy': `${policy}; img-src data:` };
    response.writeHead(request.url === '/' ? 200 : 404, headers).end(document);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
