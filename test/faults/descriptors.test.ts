// World: this Linux host; the built program, which may open few files, or finds no memory to read links.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent } from 'node:http';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { get } from '../support/client.ts';
import { sampleValue } from '../support/exposition.ts';
import { PATIENCE } from '../support/patience.ts';
import { PROGRAM, untilListening } from '../support/program.ts';
import { Faults, faultsObstacle } from '../worlds/faults/faults.ts';

const LIMIT = 64;
const MORE_THAN_LIMIT = 100;
const SUCCESS = 'netstat_exporter_collection_success';

function startWithFewDescriptors() {
  const script = `ulimit -n ${LIMIT}; exec "$0" "$@"`;
  const program = [process.execPath, PROGRAM, '--web.listen-address=127.0.0.1:0', '--collector.interval=1s'];
  return untilListening(spawn('bash', ['-c', script, ...program], { stdio: ['ignore', 'pipe', 'pipe'] }));
}

describe.skipIf(faultsObstacle !== undefined)(`the links of descriptors (${faultsObstacle ?? 'faults.c'})`, () => {
  const OWNER = /^netstat_process_tcp_connections\{process="node"/m;

  it('that cannot be read for want of memory fail the look for owners, and the sockets are counted all the same', async () => {
    using faults = new Faults();
    faults.set({ kind: 'readlinkat fails', errno: 'ENOMEM' });
    await using program = await faults.startProgram('--collector.interval=0');
    const text = await program.scrape();
    expect([sampleValue(text, SUCCESS, { part: 'tcp4' }), sampleValue(text, SUCCESS, { part: 'processes' })]).toEqual([
      1, 0,
    ]);
    expect(text).toMatch(/^netstat_tcp_connections/m);
    expect(text).not.toMatch(/^netstat_process_/m);
    expect(program.log()).toContain('ENOMEM (not enough memory)');
    faults.set({ kind: 'none' });
    expect(await program.scrape()).toMatch(OWNER);
  });

  it('that are gone when they are read are of nobody, and fail nothing', async () => {
    using faults = new Faults();
    faults.set({ kind: 'readlinkat fails', errno: 'ENOENT' });
    await using program = await faults.startProgram('--collector.interval=0');
    const text = await program.scrape();
    expect(sampleValue(text, SUCCESS, { part: 'processes' })).toBe(1);
    expect(text).toMatch(/^netstat_process_tcp_connections\{process="_unknown"/m);
    expect(text).not.toMatch(OWNER);
    expect(program.log()).not.toMatch(/level=warn/);
  });
});

describe.runIf(process.platform === 'linux')('without a descriptor left, the program', () => {
  it('says that nothing could be read, answers who is connected, and recovers', async () => {
    await using program = await startWithFewDescriptors();
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const scrape = async () => (await get(`${program.url}/metrics`, { agent })).text;
    const success = async (part: string) => sampleValue(await scrape(), SUCCESS, { part });
    await vi.waitFor(async () => expect(await success('tcp4')).toBe(1), PATIENCE);
    expect(await scrape()).toContain('netstat_process_tcp_connections');

    const sockets = await useUpDescriptors(Number(new URL(program.url).port));
    await vi.waitFor(async () => expect(await success('tcp4')).toBe(0), PATIENCE);
    const text = await scrape();
    expect(
      sampleValue(text, 'netstat_exporter_collection_errors_total', { part: 'tcp4', code: 'EMFILE' }),
    ).toBeGreaterThan(0);
    expect(text).not.toMatch(/^netstat_(?:tcp_connections|udp_endpoints|process_|port_|listener)/m);
    expect(program.log()).toContain('EMFILE (too many open files)');

    for (const socket of sockets) socket.destroy();
    await vi.waitFor(async () => expect(await success('tcp4')).toBe(1), PATIENCE);
    expect(await scrape()).toContain('netstat_process_tcp_connections');
    agent.destroy();
    expect((await program.end()).code).toBe(0);
  });
});

/** As many connections as it takes, and some more, which are closed at once. */
async function useUpDescriptors(port: number): Promise<readonly Socket[]> {
  const sockets = Array.from({ length: MORE_THAN_LIMIT }, () => connect(port, '127.0.0.1').on('error', () => {}));
  await Promise.all(sockets.map((socket) => once(socket, 'connect')));
  await sleep(0);
  return sockets;
}
