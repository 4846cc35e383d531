// The incident of leaked connections: the server has closed them, the client never does. On each operating system the same.
import { expect, it } from 'vitest';
import { sampleValue } from '../support/exposition.ts';
import { startProgram } from '../support/program.ts';
import { type Collection, collectionsFromNow, INCIDENT_TIMEOUT_MS, withinTwoCollections } from './collections.ts';
import { type Culprit, PLAIN_NODE, startIncident } from './incident-process.ts';
import type { TcpServerReady } from './programs/tcp-server.ts';
import { valuesOfLabel } from './samples.ts';

const CONNECTIONS = 50;
/** So many that an age which goes at half speed is below the least that it may be. */
const COLLECTIONS = 6;
const PROCESS = 'netstat_process_tcp_connections';
const PORT = 'netstat_port_tcp_connections';
const OLDEST = 'netstat_process_close_wait_oldest_seconds';

export function itTellsWhoLeaksConnections(makeCulprit: (name: string) => Culprit): void {
  it('a client that never closes is told by its name, how many it leaks, and for how long', {
    timeout: INCIDENT_TIMEOUT_MS,
  }, async () => {
    using leaky = makeCulprit('leaky-client');
    const { process, services } = leaky;
    await using program = await startProgram('--collector.interval=1s');
    await using server = await startIncident<TcpServerReady>(PLAIN_NODE, 'tcp-server', 0);
    const port = String(server.ready.port);
    await using client = await leaky.start('tcp-client', port, CONNECTIONS);
    await withinTwoCollections(program, (text) => {
      expect(sampleValue(text, PROCESS, { process, state: 'established' })).toBe(CONNECTIONS);
      expect(sampleValue(text, PROCESS, { process, state: 'close_wait' })).toBe(0);
      expect(sampleValue(text, PORT, { port, state: 'established' })).toBe(CONNECTIONS);
      expect(sampleValue(text, OLDEST, { process })).toBe(undefined);
    });

    const closingMs = performance.now();
    await server.ask('close');
    const expectLeak = (text: string): void => {
      expect(sampleValue(text, PROCESS, { process, state: 'close_wait' })).toBe(CONNECTIONS);
      expect(sampleValue(text, PROCESS, { process, state: 'established' })).toBe(0);
      // It is the client that leaks: its ports are ephemeral ones. The server's side is in order.
      expect(sampleValue(text, PORT, { port: '_other', state: 'close_wait' })).toBeGreaterThanOrEqual(CONNECTIONS);
      expect(sampleValue(text, PORT, { port, state: 'close_wait' })).toBe(0);
      expect(sampleValue(text, PORT, { port, state: 'established' })).toBe(0);
      expect(sampleValue(text, OLDEST, { process })).toBeGreaterThanOrEqual(0);
      expect(valuesOfLabel(text, process, 'services')).toEqual([services]);
    };
    const seen = [await withinTwoCollections(program, expectLeak)];
    for await (const collection of collectionsFromNow(program)) {
      expectLeak(collection.text);
      if (seen.push(collection) === COLLECTIONS) break;
    }
    expectGrowingAge(seen, process, closingMs);

    await client.end();
    await withinTwoCollections(program, (text) => {
      expect(text).not.toContain(process);
      expect(sampleValue(text, PORT, { port: '_other', state: 'close_wait' }) ?? 0).toBe(0);
    });
  });
}

/**
 * The bounds need no clock but the test's: the connections were not there before the server was told to close them; and
 * the collection after the next one begins after this one was still being shown.
 */
function expectGrowingAge(seen: readonly Collection[], process: string, closingMs: number): void {
  const agesSeconds = seen.map(({ text }) => sampleValue(text, OLDEST, { process }) ?? Number.NaN);
  const firstSeenMs = seen[0]?.answeredMs ?? Number.NaN;
  for (const [index, age] of agesSeconds.entries()) {
    expect(age).toBeLessThanOrEqual(((seen[index]?.answeredMs ?? 0) - closingMs) / 1000);
    if (index > 0) expect(age).toBeGreaterThan(agesSeconds[index - 1] ?? Number.NaN);
    if (index > 1) expect(age).toBeGreaterThanOrEqual(((seen[index - 2]?.askedMs ?? 0) - firstSeenMs) / 1000);
  }
}
