// World: this Linux host, as root, with iproute2: a network of the test's own, real sockets; the built program.
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { sampleValue } from '../support/exposition.ts';
import { startProgram } from '../support/program.ts';
import { INCIDENT_TIMEOUT_MS, withinTwoCollections } from './collections.ts';
import { nodeCalled, startIncident } from './incident-process.ts';
import { kernelConnections, SYN_RECEIVED } from './kernel-connections.ts';
import { describeInOwnNetwork } from './own-network.ts';
import type { TcpServerReady } from './programs/tcp-server.ts';
import { samplesOf, valuesOfLabel } from './samples.ts';
import { routeSendersToNowhere, sendSyns } from './syn-sender.ts';

/** Few enough for the listener's queue: a longer one is answered with cookies, and then there is no endpoint. */
const HANDSHAKES = 100;
const POLL_MS = 50;
const PROCESS = 'netstat_process_tcp_connections';
const PORT = 'netstat_port_tcp_connections';
const state = 'syn_received';

describeInOwnNetwork('a scan that never ends its handshakes', () => {
  it('is told at the process and the port that it is aimed at, and is gone with them', {
    timeout: INCIDENT_TIMEOUT_MS,
  }, async () => {
    routeSendersToNowhere();
    using scanned = nodeCalled('scanned-server');
    const { process, services } = scanned;
    await using program = await startProgram('--collector.interval=1s');
    await using server = await startIncident<TcpServerReady>(scanned, 'tcp-server', 0);
    const port = String(server.ready.port);
    await withinTwoCollections(program, (text) => {
      expect(sampleValue(text, PROCESS, { process, state: 'listen' })).toBe(1);
      expect(sampleValue(text, PORT, { port, state })).toBe(undefined);
    });

    sendSyns(server.ready.port, 0, HANDSHAKES);
    await withinTwoCollections(program, (text) => {
      expect(sampleValue(text, 'netstat_tcp_connections', { family: 'ipv4', state })).toBe(HANDSHAKES);
      expect(sampleValue(text, PROCESS, { process, state })).toBe(HANDSHAKES);
      expect(sampleValue(text, PORT, { port, state })).toBe(HANDSHAKES);
      expect(sampleValue(text, PROCESS, { process, state: 'established' })).toBe(0);
      expect(valuesOfLabel(text, process, 'services')).toEqual([services]);
      for (const other of ['_none', '_unknown', '_other'])
        expect(sampleValue(text, PROCESS, { process: other, state })).toBe(undefined);
    });

    await server.end();
    await withinTwoCollections(program, (text) => {
      expect(text).not.toContain(process);
      expect(samplesOf(text, PORT, { port })).toEqual([]);
    });
    await handshakesAreForgotten();
    await withinTwoCollections(program, (text) => {
      expect(sampleValue(text, 'netstat_tcp_connections', { family: 'ipv4', state })).toBe(0);
    });
  });
});

/** Linux forgets those of a listener that has gone when their timers run out: one, three or seven seconds after the SYN. */
async function handshakesAreForgotten(): Promise<void> {
  while (kernelConnections().some((connection) => connection.state === SYN_RECEIVED)) await sleep(POLL_MS);
}
