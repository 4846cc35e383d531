// The incident of a UDP server that opens a socket for each client. On each operating system the same.
import { expect, it } from 'vitest';
import { sampleValue } from '../support/exposition.ts';
import { startProgram } from '../support/program.ts';
import { INCIDENT_TIMEOUT_MS, withinTwoCollections } from './collections.ts';
import { nodeCalled, startIncident } from './incident-process.ts';
import type { UdpServerReady } from './programs/udp-server.ts';
import { OWN_UNIT, samplesOf, valuesOfLabel } from './samples.ts';

const SOCKETS = 3_000;
/** All but one have a port that the OS chose. */
const EPHEMERAL = SOCKETS - 1;
/** The usual ones of Linux and of Windows: Wine tells the range of the one, and takes ports from that of the other. */
const FIRST = 32_768;
const LAST = 65_535;
const UDP_IPV4 = { protocol: 'udp', family: 'ipv4' };

export function itTellsWhoHoldsUdpSockets(): void {
  it('a server with 3,000 UDP sockets is told by its name, by its port, and by the ephemeral ports that it takes', {
    timeout: INCIDENT_TIMEOUT_MS,
  }, async () => {
    using busy = nodeCalled('busy-server');
    const { process } = busy;
    await using program = await startProgram('--collector.interval=1s', `--collector.ephemeral.range=${FIRST}-${LAST}`);
    await using server = await startIncident<UdpServerReady>(busy, 'udp-server', SOCKETS);
    const port = String(server.ready.port);
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
        { labels: { ...UDP_IPV4, address: '127.0.0.1', port } },
      ]);
      expect(valuesOfLabel(text, process, 'services')).toEqual([OWN_UNIT]);
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
