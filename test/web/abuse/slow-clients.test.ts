// World: the built program; openssl makes the certificates. Slow clients of all kinds, and a scraper among them.
import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test, vi } from 'vitest';
import { makeCertificates } from '../../support/certificates.ts';
import { get } from '../../support/client.ts';
import { startProgram } from '../../support/program.ts';
import { TLS_LINES } from '../../support/web-config-files.ts';
import { recordManySeries } from './many-series.ts';
import { countSockets, expectSockets } from './open-sockets.ts';
import { startProber } from './prober.ts';
import {
  beginningHandshake,
  bodiless,
  dripping,
  halfHandshake,
  idle,
  notReading,
  openSlowClients,
  type SlowClient,
  type SlowClients,
  scrapingAndNotReading,
  securedAndSilent,
  silent,
} from './slow-clients.ts';

const CLIENTS_OF_A_KIND = 200;
/** More than --web.max-requests. Each holds what the system buffers for it, which is megabytes. */
const SCRAPING_CLIENTS = 45;
/** How long such clients are left to do their worst, and a scraper then asks. */
const ATTACK_MS = 2_500;
/** The time-outs themselves are 10 and 20 s, and are looked at every 5. */
const UNTIL_CUT_OFF = { timeout: 90_000, interval: 200 } as const;

const certificates = makeCertificates();
const manySeries = recordManySeries();
afterAll(() => {
  certificates[Symbol.dispose]();
  manySeries[Symbol.dispose]();
});
const webConfig = certificates.path('web.yml');
writeFileSync(webConfig, TLS_LINES);

async function openEach(clients: readonly SlowClient[], url: string): Promise<SlowClients> {
  using opened = new DisposableStack();
  const kinds: SlowClients[] = [];
  for (const open of clients) kinds.push(opened.use(await openSlowClients(open, url, CLIENTS_OF_A_KIND)));
  const all = opened.move();
  return {
    ended: () => kinds.reduce((sum, kind) => sum + kind.ended(), 0),
    [Symbol.dispose]: () => all.dispose(),
  };
}

test.concurrent('slow clients over plain HTTP stop no scrape, and those are cut off that ask nothing', async () => {
  // All of them are too many for one address.
  await using program = await startProgram(...manySeries.flags, '--web.listen-address=127.0.0.1:0');
  const [first = '', second = ''] = program.listeners();
  const before = countSockets(program.pid);
  const hasty = [silent, dripping, bodiless];
  using slow = await openEach(hasty, first);
  const patient = await openEach([idle, notReading], second);
  const prober = startProber(`${first}/metrics`);
  await vi.waitFor(() => expect(slow.ended()).toBe(hasty.length * CLIENTS_OF_A_KIND), UNTIL_CUT_OFF);
  expect(new Set(await prober.end())).toEqual(new Set([200]));
  patient[Symbol.dispose]();
  await expectSockets(program.pid, before);
});

test.concurrent('slow clients over TLS stop no scrape, and are cut off', async () => {
  await using program = await startProgram(...manySeries.flags, `--web.config.file=${webConfig}`);
  const before = countSockets(program.pid);
  const kinds = [silent, beginningHandshake, halfHandshake, securedAndSilent];
  using slow = await openEach(kinds, program.url);
  const prober = startProber(`${program.url}/metrics`, { ca: certificates.read('authority.pem') });
  await vi.waitFor(() => expect(slow.ended()).toBe(kinds.length * CLIENTS_OF_A_KIND), UNTIL_CUT_OFF);
  expect(new Set(await prober.end())).toEqual(new Set([200]));
  await expectSockets(program.pid, before);
});

test.concurrent('clients that take no answer keep no scrape out', async () => {
  await using program = await startProgram(...manySeries.flags);
  const before = countSockets(program.pid);
  const slow = await openSlowClients(scrapingAndNotReading, program.url, SCRAPING_CLIENTS);
  const prober = startProber(`${program.url}/metrics`);
  await sleep(ATTACK_MS);
  expect(new Set(await prober.end())).toEqual(new Set([200]));
  expect((await get(`${program.url}/metrics`)).text).toMatch(/\n$/);
  slow[Symbol.dispose]();
  await expectSockets(program.pid, before);
});
