// Starts the program that holds sockets, and says what must be on /metrics because of it: on each operating system the same.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { sampleValue } from './exposition.ts';
import type { HeldPorts } from './socket-holder.ts';

const HOLDER = fileURLToPath(new URL('./socket-holder.ts', import.meta.url));
const PROCESS = 'netstat_process_tcp_connections';
const PORT = 'netstat_port_tcp_connections';

export interface HeldSockets {
  readonly ports: HeldPorts;
  readonly pid: number;
  /** Ends the program, and waits for that. */
  end(): Promise<void>;
}

/** Resolves when all sockets are in place. */
export async function holdSockets(): Promise<HeldSockets> {
  const holder = spawn(process.execPath, [HOLDER], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(holder, 'exit');
  const [line] = (await once(holder.stdout, 'data')) as [Buffer];
  const end = async (): Promise<void> => {
    holder.stdin.end();
    await ended;
  };
  return { ports: JSON.parse(String(line)) as HeldPorts, pid: holder.pid ?? 0, end };
}

/** A listener with two whole connections and a half-closed one, and a UDP socket, on each family. */
export function expectHeldPorts(text: string, { ports }: HeldSockets): void {
  // At least: another program may have the same number on another address. By process the counts are exact.
  for (const { tcp, udp } of [ports.ipv4, ports.ipv6]) {
    const port = String(tcp);
    expect(sampleValue(text, PORT, { port, state: 'listen' })).toBeGreaterThanOrEqual(1);
    expect(sampleValue(text, PORT, { port, state: 'established' })).toBeGreaterThanOrEqual(2);
    expect(sampleValue(text, PORT, { port, state: 'close_wait' })).toBeGreaterThanOrEqual(1);
    expect(sampleValue(text, 'netstat_port_udp_endpoints', { port: String(udp) })).toBeGreaterThanOrEqual(1);
  }
}

/** Of both families together; each connection has both its ends in the process. Needs the pid label. */
export function expectHoldingProcess(text: string, { pid }: HeldSockets, process: string): void {
  const own = { process, pid: String(pid) };
  expect(sampleValue(text, PROCESS, { ...own, state: 'listen' })).toBe(2);
  expect(sampleValue(text, PROCESS, { ...own, state: 'established' })).toBe(8);
  expect(sampleValue(text, PROCESS, { ...own, state: 'close_wait' })).toBe(2);
  expect(sampleValue(text, PROCESS, { ...own, state: 'fin_wait_2' })).toBe(2);
  expect(sampleValue(text, 'netstat_process_udp_endpoints', own)).toBe(2);
}

export function expectNothingOf(text: string, { ports, pid }: HeldSockets): void {
  expect(text).not.toContain(`pid="${pid}"`);
  expect(text).not.toContain(`port="${ports.ipv4.tcp}"`);
  expect(text).not.toContain(`port="${ports.ipv6.tcp}"`);
}
