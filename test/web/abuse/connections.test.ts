// World: the built program. More connections than it takes at an address.
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';
import { MAX_CONNECTIONS } from '../../../src/web/listeners.ts';
import { get } from '../../support/client.ts';
import { PATIENCE } from '../../support/patience.ts';
import { startProgram } from '../../support/program.ts';
import { countSockets, expectSockets } from './open-sockets.ts';
import { dripping, idle, openSlowClients, silent } from './slow-clients.ts';

/** The host's own tables would be read over sockets as well. */
const SOURCE = `--source=replay:${fileURLToPath(new URL('../../fixtures/windows-server.jsonl', import.meta.url))}`;
/** The first may be dropped: that makes room. */
const ATTEMPTS = 5;
/** A client has 10 s for its headers, which is looked at every 5. */
const UNTIL_CUT_OFF = { timeout: 90_000, interval: 500 } as const;

test.concurrent.each([
  ['have asked', idle],
  ['never ask', silent],
])('connections that %s, and are kept, give way to a scrape and leave nothing behind', async (_name, kind) => {
  await using program = await startProgram(SOURCE);
  const before = countSockets(program.pid);
  using clients = await openSlowClients(kind, program.url, MAX_CONNECTIONS);
  await vi.waitFor(() => expect(countSockets(program.pid)).toBe(before + MAX_CONNECTIONS), PATIENCE);
  expect(await scrapeAtLast(program.url)).toBe(200);
  await vi.waitFor(() => expect(clients.ended()).toBe(MAX_CONNECTIONS), PATIENCE);
  await expectSockets(program.pid, before);
});

test.concurrent('requests that never end keep scrapes out for seconds at one address, and not at another', async () => {
  await using program = await startProgram(SOURCE, '--web.listen-address=127.0.0.1:0');
  const [first = '', second = ''] = program.listeners();
  const before = countSockets(program.pid);
  using clients = await openSlowClients(dripping, first, MAX_CONNECTIONS);
  await vi.waitFor(() => expect(countSockets(program.pid)).toBe(before + MAX_CONNECTIONS), PATIENCE);
  expect((await get(`${second}/metrics`)).status).toBe(200);
  await vi.waitFor(async () => expect((await get(`${first}/metrics`)).status).toBe(200), UNTIL_CUT_OFF);
  await vi.waitFor(() => expect(clients.ended()).toBe(MAX_CONNECTIONS), UNTIL_CUT_OFF);
  await expectSockets(program.pid, before);
});

test.concurrent('one client has half of the connections, and keeps nobody else out', async () => {
  await using program = await startProgram(SOURCE);
  const before = countSockets(program.pid);
  using clients = await openSlowClients(dripping, program.url, MAX_CONNECTIONS, ['127.0.1.1']);
  await vi.waitFor(() => expect(clients.ended()).toBeGreaterThanOrEqual(MAX_CONNECTIONS / 2), PATIENCE);
  expect(countSockets(program.pid)).toBeLessThanOrEqual(before + MAX_CONNECTIONS / 2);
  expect((await get(`${program.url}/metrics`)).status).toBe(200);
});

async function scrapeAtLast(url: string): Promise<number> {
  for (let attempt = 1; attempt < ATTEMPTS; attempt += 1) {
    const answer = await get(`${url}/metrics`).catch(() => undefined);
    if (answer !== undefined) return answer.status;
  }
  return (await get(`${url}/metrics`)).status;
}
