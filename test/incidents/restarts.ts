// The incident of a process that restarts again and again. On each operating system the same.
import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { readText, sampleValue } from '../support/exposition.ts';
import { freePort } from '../support/free-port.ts';
import { startProgram } from '../support/program.ts';
import { INCIDENT_TIMEOUT_MS, withinTwoCollections } from './collections.ts';
import type { Culprit } from './incident-process.ts';
import { samplesOf, valuesOfLabel } from './samples.ts';

const RESTARTS = 10;
const CONNECTIONS = 3;
const HOST = '127.0.0.1';
const INTERVAL = '--collector.interval=1s';
const PROCESS = 'netstat_process_tcp_connections';
const PORT = 'netstat_port_tcp_connections';

interface World {
  /** Whether the tables have rows in TIME_WAIT. Wine's have none: they show the sockets that a process has. */
  readonly showsTimeWait: boolean;
  readonly makeCulprit: (name: string) => Culprit;
}

export function itTellsARestartingProcess({ showsTimeWait, makeCulprit }: World): void {
  it('a server that restarts is one process by its name, and by its id never one that has ended', {
    timeout: INCIDENT_TIMEOUT_MS,
  }, async () => {
    using restarting = makeCulprit('restarting-server');
    await using byName = await startProgram(INTERVAL);
    await using byPid = await startProgram(INTERVAL, '--collector.process.pid-label');
    const port = await freePort(HOST);
    const seriesCounts: number[] = [];

    for (let restarts = 0; restarts <= RESTARTS; restarts++) {
      await using server = await restarting.start('tcp-server', port);
      await openConnections(port);
      const wasRestarted = showsTimeWait && restarts > 0;
      const [, { text }] = await Promise.all([
        withinTwoCollections(byName, (told) => expectServer(told, restarting, port, wasRestarted)),
        withinTwoCollections(byPid, (told) => {
          expectServer(told, restarting, port, wasRestarted);
          expect(valuesOfLabel(told, restarting.process, 'pid')).toEqual([String(server.pid)]);
        }),
      ]);
      seriesCounts.push(readText(text).samples.filter(({ name }) => name.startsWith('netstat_')).length);
      await server.end();
    }

    for (const program of [byName, byPid])
      await withinTwoCollections(program, (text) => expect(text).not.toContain(restarting.process));
    // From the first restart on, which has brought the series of TIME_WAIT: if each of the others had left one series, it
    // would be so many more. Fewer may come and go with the connections of the scrapes.
    const [, first = Number.NaN] = seriesCounts;
    expect(seriesCounts.at(-1)).toBeLessThan(first + RESTARTS - 1);
  });
}

/** Connections of a client that closes its side when the server does. */
async function openConnections(port: number): Promise<void> {
  for (let connections = 0; connections < CONNECTIONS; connections++) {
    await once(connect(port, HOST).resume(), 'connect');
  }
}

/**
 * The server that runs now has its own endpoints alone, under the labels of those before it; the connections that these
 * have left are nobody's.
 */
function expectServer(text: string, { process, services }: Culprit, portNumber: number, wasRestarted: boolean): void {
  const port = String(portNumber);
  expect(endpointsByState(text, process)).toEqual({ listen: '1', established: String(CONNECTIONS), close_wait: '0' });
  expect(valuesOfLabel(text, process, 'services')).toEqual([services]);
  expect(samplesOf(text, 'netstat_listener_info', { process })).toMatchObject([{ labels: { address: HOST, port } }]);
  expect(sampleValue(text, PORT, { port, state: 'established' })).toBe(CONNECTIONS);
  if (!wasRestarted) return;
  // Of the one before, at least: they stay for a minute, which a slow machine may need for all restarts. Now and then Linux
  // keeps one less.
  const left = sampleValue(text, PORT, { port, state: 'time_wait' });
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThanOrEqual(RESTARTS * CONNECTIONS);
  expect(sampleValue(text, PROCESS, { process: '_none', state: 'time_wait' })).toBeGreaterThanOrEqual(left ?? 0);
}

/** Without `closed`: Wine shows sockets, too, that wait to become a connection. */
function endpointsByState(text: string, process: string): Readonly<Record<string, string>> {
  const states = samplesOf(text, PROCESS, { process }).map(
    ({ labels, value }) => [labels['state'] ?? '', value] as const,
  );
  return Object.fromEntries(states.filter(([state]) => state !== 'closed'));
}
