// World: this Linux host, as root, with iproute2: a network of the test's own, real sockets; the built program.
import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { sampleValue } from '../support/exposition.ts';
import { startProgram } from '../support/program.ts';
import { INCIDENT_TIMEOUT_MS, withinTwoCollections } from './collections.ts';
import { nodeCalled, PLAIN_NODE, startIncident } from './incident-process.ts';
import { kernelConnections, TIME_WAIT } from './kernel-connections.ts';
import { describeInOwnNetwork } from './own-network.ts';
import type { TcpClientReady } from './programs/tcp-client.ts';
import type { TcpServerReady } from './programs/tcp-server.ts';
import { samplesOf, valuesOfLabel } from './samples.ts';

/** Of this thread's network (ip-sysctl, ip_local_port_range). */
const RANGE_FILE = '/proc/sys/net/ipv4/ip_local_port_range';
const FIRST = 20_000;
const LAST = 20_063;
const PORTS = LAST - FIRST + 1;
/** To a second server. */
const MORE = 10;
const TCP_IPV4 = { protocol: 'tcp', family: 'ipv4' };
const POLL_MS = 50;
const USED = 'netstat_ephemeral_ports_used';
const USED_BY_PROCESS = 'netstat_process_ephemeral_ports_used';
const DESTINATION = 'netstat_destination_tcp_connections';

function destinationOf({ ready }: { readonly ready: TcpServerReady }) {
  return { remote_address: '127.0.0.1', remote_port: String(ready.port) };
}

/** What each leaves in TIME_WAIT would be in the other's way: each has a network of its own. */
describe.each([
  { source: 'procfs', flags: [] },
  { source: 'config', flags: [`--collector.ephemeral.range=${FIRST}-${LAST}`] },
])('with the range by $source,', ({ source, flags }) => {
  describeInOwnNetwork('exhausted ephemeral ports', () => {
    it('are told with the process that has taken them, and with the destination', {
      timeout: INCIDENT_TIMEOUT_MS,
    }, async () => {
      using greedy = nodeCalled('greedy-client');
      const { process, services } = greedy;
      await using program = await startProgram('--collector.interval=1s', '--collector.destination.enable', ...flags);
      await using server = await startIncident<TcpServerReady>(PLAIN_NODE, 'tcp-server', 0);
      await using otherServer = await startIncident<TcpServerReady>(PLAIN_NODE, 'tcp-server', 0);
      const [destination, otherDestination] = [destinationOf(server), destinationOf(otherServer)];
      // Only now, so that the ports of the listeners above are outside. The exporter sees it at its next collection.
      writeFileSync(RANGE_FILE, `${FIRST} ${LAST}`);

      await using client = await startIncident<TcpClientReady>(greedy, 'tcp-client', server.ready.port, PORTS + 1);
      expect(client.ready).toEqual({ connections: PORTS, failure: 'EADDRNOTAVAIL' });
      // Linux gives a port again to whom connects to somewhere else: it is still one port.
      await using more = await startIncident<TcpClientReady>(greedy, 'tcp-client', otherServer.ready.port, MORE);
      expect(more.ready).toEqual({ connections: MORE });
      await withinTwoCollections(program, (text) => {
        expect(sampleValue(text, 'netstat_ephemeral_port_range_ports', TCP_IPV4)).toBe(PORTS);
        expect(samplesOf(text, 'netstat_ephemeral_port_range_info', TCP_IPV4)).toMatchObject([
          { labels: { first: String(FIRST), last: String(LAST), source } },
        ]);
        expect(sampleValue(text, USED, TCP_IPV4)).toBe(PORTS);
        expect(sampleValue(text, USED_BY_PROCESS, { protocol: 'tcp', process })).toBe(PORTS);
        expect(sampleValue(text, DESTINATION, { process, ...destination, state: 'established' })).toBe(PORTS);
        expect(sampleValue(text, DESTINATION, { process, ...otherDestination, state: 'established' })).toBe(MORE);
        expect(valuesOfLabel(text, process, 'services')).toEqual([services]);
        // The servers' sides of these connections lead to no destination.
        const remotePorts = samplesOf(text, DESTINATION).map(({ labels }) => Number(labels['remote_port']));
        expect(remotePorts.filter((port) => port >= FIRST && port <= LAST)).toEqual([]);
        expect(sampleValue(text, 'netstat_exporter_folded_groups', { group: 'destination' }) ?? 0).toBe(0);
      });

      await Promise.all([client.end(), more.end()]);
      // The process is gone. Its ports are not: for a minute they are nobody's, in TIME_WAIT. Now and then Linux keeps one less.
      const left = await connectionsInTimeWait(server.ready.port);
      expect(left).toBeGreaterThan(PORTS / 2);
      await withinTwoCollections(program, (text) => {
        expect(text).not.toContain(process);
        expect(sampleValue(text, DESTINATION, { process: '_none', ...destination, state: 'time_wait' })).toBe(left);
        const leftPorts = portsInTimeWait();
        expect(sampleValue(text, USED_BY_PROCESS, { protocol: 'tcp', process: '_none' })).toBe(leftPorts);
        // Besides, the connection of the scrape may have one.
        expect(sampleValue(text, USED, TCP_IPV4)).toBeGreaterThanOrEqual(leftPorts);
        expect(sampleValue(text, USED, TCP_IPV4)).toBeLessThanOrEqual(leftPorts + 1);
      });
    });
  });
});

/** How many connections to the port the kernel keeps in TIME_WAIT, once none of them is in another state. */
async function connectionsInTimeWait(port: number): Promise<number> {
  for (;;) {
    const connections = kernelConnections().filter(({ remotePort }) => remotePort === port);
    if (connections.every(({ state }) => state === TIME_WAIT)) return connections.length;
    await sleep(POLL_MS);
  }
}

/** How many ports of the range connections in TIME_WAIT have. */
function portsInTimeWait(): number {
  const ports = kernelConnections()
    .filter(({ localPort, state }) => state === TIME_WAIT && localPort >= FIRST && localPort <= LAST)
    .map(({ localPort }) => localPort);
  return new Set(ports).size;
}
