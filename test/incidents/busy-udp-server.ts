// The incident of a UDP server that opens a socket for each client. On each operating system the same.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { sampleValue } from '../support/exposition.ts';
import { startProgram } from '../support/program.ts';
import { INCIDENT_TIMEOUT_MS, withinTwoCollections } from './collections.ts';
import type { Culprit } from './incident-process.ts';
import { samplesOf, valuesOfLabel } from './samples.ts';

const HOST = '127.0.0.1';
const SOCKETS = 3_000;
/** All but one have a port that the OS chose. */
const EPHEMERAL = SOCKETS - 1;
/** The usual ones of Linux and of Windows: Wine tells the range of the one, and takes ports from that of the other. */
const FIRST = 32_768;
const LAST = 65_535;
/** Below the ephemeral ports, for the port that the server is known by. */
const FIRST_CHOICE = 20_000;
const LAST_CHOICE = 30_000;
const UDP_IPV4 = { protocol: 'udp', family: 'ipv4' };

export function itTellsWhoHoldsUdpSockets(makeCulprit: (name: string) => Culprit): void {
  it('a server with 3,000 UDP sockets is told by its name, by its port, and by the ephemeral ports that it takes', {
    timeout: INCIDENT_TIMEOUT_MS,
  }, async () => {
    using busy = makeCulprit('busy-server');
    const { process, services } = busy;
    await using program = await startProgram('--collector.interval=1s', `--collector.ephemeral.range=${FIRST}-${LAST}`);
    const port = String(await freeUdpPort());
    await using server = await busy.start('udp-server', port, SOCKETS);
    // Of the host at least as many as of the process, which is told exactly.
    await withinTwoCollections(program, (text) => {
      expect(sampleValue(text, 'netstat_process_udp_endpoints', { process })).toBe(SOCKETS);
      expect(sampleValue(text, 'netstat_udp_endpoints', { family: 'ipv4' })).toBeGreaterThanOrEqual(SOCKETS);
      expect(sampleValue(text, 'netstat_port_udp_endpoints', { port })).toBeGreaterThanOrEqual(1);
      expect(sampleValue(text, 'netstat_port_udp_endpoints', { port: '_other' })).toBeGreaterThanOrEqual(EPHEMERAL);
      expect(sampleValue(text, 'netstat_process_ephemeral_ports_used', { protocol: 'udp', process })).toBe(EPHEMERAL);
      expect(sampleValue(text, 'netstat_ephemeral_ports_used', UDP_IPV4)).toBeGreaterThanOrEqual(EPHEMERAL);
      expect(sampleValue(text, 'netstat_ephemeral_port_range_ports', UDP_IPV4)).toBe(LAST - FIRST + 1);
      expect(samplesOf(text, 'netstat_listener_info', { process })).toMatchObject([
        { labels: { ...UDP_IPV4, address: HOST, port } },
      ]);
      expect(valuesOfLabel(text, process, 'services')).toEqual([services]);
      expect(sampleValue(text, 'netstat_process_tcp_connections', { process })).toBe(undefined);
    });

    await server.end();
    await withinTwoCollections(program, (text) => {
      expect(text).not.toContain(process);
      expect(samplesOf(text, 'netstat_port_udp_endpoints', { port })).toEqual([]);
      expect(sampleValue(text, 'netstat_ephemeral_ports_used', UDP_IPV4)).toBeLessThan(EPHEMERAL);
    });
  });
}

/** One that nobody had a moment ago. */
async function freeUdpPort(): Promise<number> {
  for (let port = FIRST_CHOICE; port <= LAST_CHOICE; port++) {
    const socket = createSocket('udp4').bind(port, HOST);
    try {
      await once(socket, 'listening');
      return port;
    } catch {
      // Somebody has it.
    } finally {
      socket.close();
    }
  }
  throw new Error(`no UDP port from ${FIRST_CHOICE} to ${LAST_CHOICE} is free`);
}
