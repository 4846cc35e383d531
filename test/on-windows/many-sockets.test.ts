// World: Windows or Wine (npm run test:windows), its real tables; the built program.
import { expect, it } from 'vitest';
import { openSocketFarm } from '../bench/socket-farm.ts';
import { type ReadSample, readText } from '../support/exposition.ts';
import { startProgram } from '../support/program.ts';

const CONNECTIONS = 1_000;
/** The farm spreads its connections evenly over as many listeners. */
const LISTENERS = 4;
/** What was connected may not have been accepted yet. */
const ACCEPT_TIMEOUT_MS = 20_000;

function values(samples: readonly ReadSample[], name: string, labels: Readonly<Record<string, string>>): number[] {
  const isWanted = (sample: ReadSample): boolean =>
    sample.name === name && Object.entries(labels).every(([label, value]) => sample.labels[label] === value);
  return samples.filter(isWanted).map(({ value }) => Number(value));
}

it('counts the 2,000 sockets of 1,000 connections exactly', { timeout: 120_000 }, async () => {
  await using program = await startProgram('--collector.interval=0', '--collector.process.pid-label');
  await using farm = await openSocketFarm(2 * CONNECTIONS, 1);
  const own = { process: 'node.exe', pid: String(farm.pids[0]) };
  const byProcess = 'netstat_process_tcp_connections';
  let samples: readonly ReadSample[] = [];
  const read = async (): Promise<readonly ReadSample[]> => {
    samples = readText(await program.scrape()).samples;
    return samples;
  };
  await expect
    .poll(async () => values(await read(), byProcess, { ...own, state: 'established' }), { timeout: ACCEPT_TIMEOUT_MS })
    .toEqual([2 * CONNECTIONS]);
  expect(values(samples, byProcess, { ...own, state: 'listen' })).toEqual([LISTENERS]);
  const accepted = values(samples, 'netstat_port_tcp_connections', { state: 'established' });
  expect(accepted.filter((count) => count === CONNECTIONS / LISTENERS)).toHaveLength(LISTENERS);
});
