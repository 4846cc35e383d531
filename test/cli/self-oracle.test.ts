// World: this Linux host, its real tables; the built program.
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleValue } from '../support/exposition.ts';
import { type RunningProgram, startProgram } from '../support/program.ts';
import type { HeldPorts } from '../support/socket-holder.ts';

const HOLDER = fileURLToPath(new URL('../support/socket-holder.ts', import.meta.url));
const PROCESS = 'netstat_process_tcp_connections';
const PORT = 'netstat_port_tcp_connections';

let program: RunningProgram;
let holder: ChildProcessByStdio<Writable, Readable, null>;
let ports: HeldPorts;

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
  holder = spawn(process.execPath, [HOLDER], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [line] = (await once(holder.stdout, 'data')) as [Buffer];
  ports = JSON.parse(String(line)) as HeldPorts;
});

afterAll(async () => {
  holder.kill('SIGKILL');
  await program.end('SIGKILL');
});

describe('a process with a listener, three clients, one of them half-closed, and a UDP socket, on IPv4 and IPv6', () => {
  it('is found on /metrics with exactly these, by its ports and by its process', async () => {
    const text = await nextCollection();
    for (const { tcp, udp } of [ports.ipv4, ports.ipv6]) {
      const port = String(tcp);
      expect(sampleValue(text, PORT, { port, state: 'listen' })).toBe(1);
      expect(sampleValue(text, PORT, { port, state: 'established' })).toBe(2);
      expect(sampleValue(text, PORT, { port, state: 'close_wait' })).toBe(1);
      expect(sampleValue(text, 'netstat_port_udp_endpoints', { port: String(udp) })).toBeGreaterThanOrEqual(1);
    }
    // Of both families together: each connection has both its ends in the process.
    const own = { process: 'node', pid: String(holder.pid) };
    expect(sampleValue(text, PROCESS, { ...own, state: 'listen' })).toBe(2);
    expect(sampleValue(text, PROCESS, { ...own, state: 'established' })).toBe(8);
    expect(sampleValue(text, PROCESS, { ...own, state: 'close_wait' })).toBe(2);
    expect(sampleValue(text, PROCESS, { ...own, state: 'fin_wait_2' })).toBe(2);
    expect(sampleValue(text, 'netstat_process_udp_endpoints', own)).toBe(2);
  });

  it('leaves nothing on /metrics when it has ended', async () => {
    holder.stdin.end();
    await once(holder, 'exit');
    const text = await nextCollection();
    expect(text).not.toContain(`pid="${holder.pid}"`);
    expect(text).not.toContain(`port="${ports.ipv4.tcp}"`);
    expect(text).not.toContain(`port="${ports.ipv6.tcp}"`);
  });
});
