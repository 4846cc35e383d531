// World: the built program and its password worker. A flood of wrong passwords, and those who know the right one.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashSync } from 'bcryptjs';
import { afterAll, expect, test } from 'vitest';
import { get } from '../../support/client.ts';
import { startProgram } from '../../support/program.ts';
import { startProber } from './prober.ts';

/** As htpasswd users choose it: a comparison takes a while. */
const COST = 10;
const FLOOD = 3_000;
/** Each with several connections. All of 127/8 is this host. */
const ATTACKERS = ['127.0.0.2', '127.0.0.3'] as const;
const CONNECTIONS_OF_AN_ATTACKER = 8;
const NEWCOMER = '127.0.0.4';

const folder = mkdtempSync(join(tmpdir(), 'netstat-exporter-flood-'));
afterAll(() => rmSync(folder, { recursive: true }));
const webConfig = join(folder, 'web.yml');
const users = { scraper: hashSync('right', COST), newcomer: hashSync('also right', COST) };
writeFileSync(webConfig, JSON.stringify({ basic_auth_users: users }));

/** Asks with one wrong password after the other, on connections that are kept; tells how often each status was the answer. */
async function flood(url: string): Promise<ReadonlyMap<number, number>> {
  const counts = new Map<number, number>();
  const numbers = Array.from({ length: FLOOD }, (_, index) => index).values();
  const attack = async (localAddress: string): Promise<void> => {
    const agent = new Agent({ keepAlive: true, localAddress });
    for (const number of numbers) {
      const user = number % 2 === 0 ? 'scraper' : `nobody-${number}`;
      const { status } = await get(`${url}/metrics`, { agent, auth: `${user}:wrong-${number}` });
      counts.set(status, (counts.get(status) ?? 0) + 1);
    }
    agent.destroy();
  };
  const all = ATTACKERS.flatMap((address) => Array.from({ length: CONNECTIONS_OF_AN_ATTACKER }, () => address));
  await Promise.all(all.map(attack));
  return counts;
}

test('a flood of wrong passwords neither stops who is in, nor keeps out who comes with the right one', async () => {
  await using program = await startProgram(`--web.config.file=${webConfig}`);
  const scraper = { auth: 'scraper:right' };
  expect((await get(`${program.url}/metrics`, scraper)).status).toBe(200);

  const prober = startProber(`${program.url}/metrics`, scraper);
  const flooded = flood(program.url);
  const newcomer = new Agent({ localAddress: NEWCOMER });
  const letIn = await get(`${program.url}/metrics`, { agent: newcomer, auth: 'newcomer:also right' });
  const counts = await flooded;

  expect(new Set(await prober.end())).toEqual(new Set([200]));
  expect(letIn.status).toBe(200);
  expect(new Set(counts.keys())).toEqual(new Set([401, 429]));
  expect(program.log()).not.toContain('level=error');
});
