// World: this Linux host, its real tables; the built program.
import { afterAll, beforeAll, describe, it } from 'vitest';
import { sampleValue } from '../support/exposition.ts';
import {
  expectHeldPorts,
  expectHoldingProcess,
  expectNothingOf,
  type HeldSockets,
  holdSockets,
} from '../support/held-sockets.ts';
import { type RunningProgram, startProgram } from '../support/program.ts';

let program: RunningProgram;
let held: HeldSockets;

/** The metrics of the next collection that begins from now on. */
async function nextCollection(): Promise<string> {
  const nowSeconds = Date.now() / 1000;
  for (;;) {
    const text = await program.scrape();
    if ((sampleValue(text, 'netstat_exporter_collection_timestamp_seconds') ?? 0) >= nowSeconds) return text;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

beforeAll(async () => {
  program = await startProgram('--collector.interval=1s', '--collector.process.pid-label');
  held = await holdSockets();
});

afterAll(async () => {
  await held?.end();
  await program?.end('SIGKILL');
});

describe('a process with a listener, three clients, one of them half-closed, and a UDP socket, on IPv4 and IPv6', () => {
  it('is found on /metrics with exactly these, by its ports and by its process', async () => {
    const text = await nextCollection();
    expectHeldPorts(text, held);
    expectHoldingProcess(text, held, 'node');
  });

  it('leaves nothing on /metrics when it has ended', async () => {
    await held.end();
    expectNothingOf(await nextCollection(), held);
  });
});
