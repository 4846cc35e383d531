// World: Windows or Wine (npm run test:windows), its real tables and counters; the built program.
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { StatisticsAnswer } from '../../src/terminal/statistics-json.ts';
import type { EndpointsAnswer } from '../../src/views/endpoint.ts';
import { type HeldSockets, holdSockets } from '../support/held-sockets.ts';
import { runProgram } from '../support/program.ts';
import { watchDocuments } from '../support/watched-documents.ts';

const RECORDING = fileURLToPath(new URL('../fixtures/windows-server.jsonl', import.meta.url));

let held: HeldSockets;
beforeAll(async () => {
  held = await holdSockets();
});
afterAll(() => held?.end());

describe('connections', () => {
  it.each(['ipv4', 'ipv6'] as const)(
    'lists the sockets of a process on %s, with both ends, state and owner',
    async (family) => {
      const { tcp, udp } = held.ports[family];
      const { code, stdout, stderr } = await runProgram('connections', `--port=${tcp},${udp}`, `--process=${held.pid}`);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      const owner = `${held.pid}  node.exe`;
      const host = family === 'ipv4' ? '127\\.0\\.0\\.1' : '\\[::1\\]';
      const countOf = (pattern: string): number =>
        stdout.match(new RegExp(`^${pattern} +${owner} `, 'gm'))?.length ?? 0;
      expect(countOf(`tcp +${host}:${tcp} +\\*:\\* +listen`)).toBe(1);
      expect(countOf(`tcp +${host}:${tcp} +${host}:\\d+ +established`)).toBe(2);
      expect(countOf(`tcp +${host}:${tcp} +${host}:\\d+ +close_wait`)).toBe(1);
      expect(countOf(`udp +${host}:${udp} +\\*:\\* +-`)).toBe(1);
    },
  );

  it('prints JSON', async () => {
    const { stdout } = await runProgram('connections', `--process=${held.pid}`, '--json');
    const { collection, total, endpoints } = JSON.parse(stdout) as EndpointsAnswer;
    expect(collection).toMatchObject({ os: 'windows', failed: [] });
    expect(endpoints).toHaveLength(total);
    for (const { pid, process } of endpoints) expect([pid, process]).toEqual([held.pid, 'node.exe']);
  });

  it('tells what is new when it reads again', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const next = watchDocuments<EndpointsAnswer>('connections', `--port=${port}`, '--state=established');
    expect((await next()).endpoints).toEqual([]);
    const client = connect(port, '127.0.0.1');
    onTestFinished(() => void client.destroy());
    let [endpoint] = (await next()).endpoints;
    while (endpoint === undefined) [endpoint] = (await next()).endpoints;
    expect(endpoint).toMatchObject({ localPort: port, remotePort: client.localPort, change: 'new' });
  });

  it('lists a recording, in UTF-8', async () => {
    const { code, stdout } = await runProgram(
      'connections',
      `--source=replay:${RECORDING}`,
      '--process=4444',
      '--process=sqlservr',
    );
    expect(code).toBe(0);
    expect(stdout).toBe(`\
Proto  Local Address    Remote Address    State         PID  Process            Services
tcp    0.0.0.0:1433     *:*               listen       2000  sqlservr.exe       MSSQLSERVER
tcp    192.0.2.10:1433  192.0.2.30:51000  established  2000  sqlservr.exe       MSSQLSERVER
udp    0.0.0.0:1434     *:*               -            2000  sqlservr.exe       MSSQLSERVER
udp    127.0.0.1:50010  *:*               -            4444  Größe ünïcode.exe  -
udp    [::1]:50011      *:*               -            4444  Größe ünïcode.exe  -
`);
  });
});

describe('statistics', () => {
  it('prints the counters of both families', async () => {
    const { code, stdout, stderr } = await runProgram('statistics');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^TCP +IPv4 +IPv6$/m);
    expect(stdout).toMatch(/^Segments received +\d+ +\d+$/m);
    expect(stdout).toMatch(/^Datagrams sent +\d+ +\d+$/m);
  });

  it('prints JSON', async () => {
    const { statistics } = JSON.parse((await runProgram('statistics', '--json')).stdout) as StatisticsAnswer;
    expect(Object.keys(statistics).sort()).toEqual(['tcp4', 'tcp6', 'udp4', 'udp6']);
    expect(statistics.tcp4?.segmentsReceived).toBeGreaterThan(0);
  });
});
