// World: Windows or Wine (npm run test:windows), its real tables; the built program.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readText, sampleValue } from '../support/exposition.ts';
import {
  expectHeldPorts,
  expectHoldingProcess,
  expectNothingOf,
  type HeldSockets,
  holdSockets,
} from '../support/held-sockets.ts';
import { type RunningProgram, startProgram } from '../support/program.ts';

const PROCESS = 'netstat_process_tcp_connections';
const PORT = 'netstat_port_tcp_connections';
/** What each Windows host can tell, Wine too. */
const PARTS = [
  ...['tcp4', 'tcp6', 'udp4', 'udp6'],
  ...['tcp4_statistics', 'tcp6_statistics', 'udp4_statistics', 'udp6_statistics'],
  'processes',
  'services',
  'ephemeral_range',
];

let program: RunningProgram;
let held: HeldSockets;

beforeAll(async () => {
  program = await startProgram('--collector.interval=0', '--collector.process.pid-label');
  held = await holdSockets();
});

afterAll(async () => {
  await held?.end();
  await program?.end('SIGKILL');
});

it.each(PARTS)('the part %s is read', async (part) => {
  expect(sampleValue(await program.scrape(), 'netstat_exporter_collection_success', { part })).toBe(1);
});

it('asks WMI in a thread that is built beside the program', async () => {
  // What it answers is the host's affair. The log tells each change of a part; nothing where the answer came at once.
  const told = (): string => {
    const lines = program.log().split('\n');
    return lines.findLast((line) => line.includes('part=ephemeral_range')) ?? '';
  };
  do await program.scrape();
  while (told().includes('WMI has not answered yet'));
  expect(program.log()).not.toContain('WMI worker');
});

it("finds the program's own listener under its own process id", async () => {
  const text = await program.scrape();
  const own = { process: 'node.exe', pid: String(program.pid) };
  expect(sampleValue(text, PROCESS, { ...own, state: 'listen' })).toBe(1);
  expect(sampleValue(text, PORT, { port: new URL(program.url).port, state: 'listen' })).toBe(1);
});

it('agrees with itself: the groups of processes and of ports add up to what the host has', async () => {
  const { samples } = readText(await program.scrape());
  const sumOf = (name: string): number =>
    samples.filter((sample) => sample.name === name).reduce((sum, { value }) => sum + Number(value), 0);
  for (const [host, ...groups] of [
    ['netstat_tcp_connections', PROCESS, PORT],
    ['netstat_udp_endpoints', 'netstat_process_udp_endpoints', 'netstat_port_udp_endpoints'],
  ] as const) {
    expect(sumOf(host)).toBeGreaterThan(0);
    expect(groups.map(sumOf)).toEqual(groups.map(() => sumOf(host)));
  }
});

describe('a process with a listener, three clients, one of them half-closed, and a UDP socket, on IPv4 and IPv6', () => {
  it('is found by its ports', async () => {
    expectHeldPorts(await program.scrape(), held);
  });

  it('is found by its name and process id: each connection has both its ends there', async () => {
    expectHoldingProcess(await program.scrape(), held, 'node.exe');
  });

  it.each(['ipv4', 'ipv6'] as const)('is in the counts of %s', async (family) => {
    const text = await program.scrape();
    for (const [state, least] of [
      ['listen', 1],
      ['established', 4],
      ['close_wait', 1],
      ['fin_wait_2', 1],
    ] as const)
      expect(sampleValue(text, 'netstat_tcp_connections', { family, state })).toBeGreaterThanOrEqual(least);
    expect(sampleValue(text, 'netstat_udp_endpoints', { family })).toBeGreaterThanOrEqual(1);
  });

  it('leaves nothing on /metrics when it has ended', async () => {
    await held.end();
    expectNothingOf(await program.scrape(), held);
  });
});
