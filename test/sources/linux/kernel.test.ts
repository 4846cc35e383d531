// World: a Linux host. Sockets of the test's own, found in the tables of the running kernel.
import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { existsSync, readdirSync, realpathSync, symlinkSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { release } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Snapshot } from '../../../src/model/snapshot.ts';
import { openNetlinkSocket } from '../../../src/sources/linux/netlink.ts';
import { openLinuxSource, tellsBound } from '../../../src/sources/linux/source.ts';
import { EVERYTHING } from '../../support/source-options.ts';
import { ProcfsTree } from './procfs-tree.ts';
import { bindTcp, listenForData } from './raw-sockets.ts';
import { tcpLines, udpLines } from './readable.ts';

const OWN = `pid ${process.pid}`;
const hasIpv6 = existsSync('/proc/net/tcp6');

const closers: (() => void)[] = [];

async function listen(host: string, options: { allowHalfOpen?: boolean } = {}): Promise<Server> {
  const server = createServer(options);
  server.listen(0, host);
  await once(server, 'listening');
  closers.push(() => server.close());
  return server;
}

function portOf(bound: Server | UdpSocket): number {
  return (bound.address() as AddressInfo).port;
}

/** Both ends of a new connection to the server. */
async function connection(server: Server, host: string): Promise<{ client: Socket; accepted: Socket }> {
  const arrival = once(server, 'connection');
  const client = connect({ port: portOf(server), host, allowHalfOpen: true });
  const [accepted] = (await arrival) as [Socket];
  if (client.connecting) await once(client, 'connect');
  accepted.resume();
  client.resume();
  for (const socket of [client, accepted]) closers.push(() => socket.destroy());
  return { client, accepted };
}

async function bindUdp(type: 'udp4' | 'udp6', address: string): Promise<UdpSocket> {
  const socket = createSocket(type);
  socket.bind(0, address);
  await once(socket, 'listening');
  closers.push(() => socket.close());
  return socket;
}

/** Sockets of every kind, and the lines that they are expected as. */
async function openSockets() {
  const expected = { tcp4: [] as string[], tcp6: [] as string[], udp4: [] as string[], udp6: [] as string[] };
  const server = await listen('127.0.0.1', { allowHalfOpen: true });
  const port = portOf(server);
  const open = await connection(server, '127.0.0.1');
  const halfClosed = await connection(server, '127.0.0.1');
  const ended = once(halfClosed.accepted, 'end');
  halfClosed.client.end();
  await ended;
  const [openPort, halfClosedPort] = [open.client.localPort, halfClosed.client.localPort];
  expected.tcp4.push(
    `127.0.0.1:${port} -> 0.0.0.0:0 listen ${OWN}`,
    `127.0.0.1:${port} -> 127.0.0.1:${openPort} established ${OWN}`,
    `127.0.0.1:${openPort} -> 127.0.0.1:${port} established ${OWN}`,
    `127.0.0.1:${port} -> 127.0.0.1:${halfClosedPort} close_wait ${OWN}`,
    `127.0.0.1:${halfClosedPort} -> 127.0.0.1:${port} fin_wait_2 ${OWN}`,
  );
  expected.udp4.push(`127.0.0.1:${portOf(await bindUdp('udp4', '127.0.0.1'))} ${OWN}`);
  if (!hasIpv6) return expected;

  const server6 = await listen('::1');
  const open6 = await connection(server6, '::1');
  const [port6, clientPort6] = [portOf(server6), open6.client.localPort];
  const dualStack = await listen('::');
  const mapped = await connection(dualStack, '127.0.0.1');
  const [dualPort, mappedPort] = [portOf(dualStack), mapped.client.localPort];
  expected.tcp4.push(
    `127.0.0.1:${dualPort} -> 127.0.0.1:${mappedPort} established ${OWN}`,
    `127.0.0.1:${mappedPort} -> 127.0.0.1:${dualPort} established ${OWN}`,
  );
  expected.tcp6.push(
    `[::1]:${port6} -> [::]:0 listen ${OWN}`,
    `[::1]:${port6} -> [::1]:${clientPort6} established ${OWN}`,
    `[::1]:${clientPort6} -> [::1]:${port6} established ${OWN}`,
    `[::]:${dualPort} -> [::]:0 listen ${OWN}`,
  );
  expected.udp6.push(
    `[::1]:${portOf(await bindUdp('udp6', '::1'))} ${OWN}`,
    `[::]:${portOf(await bindUdp('udp6', '::'))} ${OWN}`,
  );
  return expected;
}

/** The lines of the test's own process, sorted. */
function ownLines({ tables }: Snapshot) {
  const own = (lines: string[]) => lines.filter((line) => line.endsWith(` ${OWN}`)).sort();
  return {
    tcp4: own(tables.tcp4 ? tcpLines(tables.tcp4) : []),
    tcp6: own(tables.tcp6 ? tcpLines(tables.tcp6) : []),
    udp4: own(tables.udp4 ? udpLines(tables.udp4) : []),
    udp6: own(tables.udp6 ? udpLines(tables.udp6) : []),
  };
}

function readHost(procfsRoot = '/proc'): Snapshot {
  return openLinuxSource(EVERYTHING, { procfsRoot }).read();
}

describe.runIf(process.platform === 'linux')('the running kernel', () => {
  let expected: Awaited<ReturnType<typeof openSockets>>;

  beforeAll(async () => {
    expected = await openSockets();
  });

  afterAll(() => {
    for (const close of closers.reverse()) close();
  });

  it('tells by sock_diag exactly the sockets that this process has', () => {
    const snapshot = readHost();
    expect(Object.values(snapshot.parts).filter((part) => part.error ?? part.fallback)).toEqual([]);
    expect(ownLines(snapshot)).toEqual(sorted(expected));
    expect(snapshot.processes?.get(process.pid)).toMatchObject({
      name: realpathSync('/proc/self/exe').split('/').at(-1),
    });
  });

  it('tells the same in procfs', () => {
    // A root that is not /proc and whose network namespace cannot be compared is read without sock_diag.
    const tree = new ProcfsTree();
    for (const entry of ['net', 'stat', 'sys', `${process.pid}`])
      symlinkSync(realpathSync(join('/proc', entry)), join(tree.root, entry));
    const snapshot = readHost(tree.root);
    expect(snapshot.parts.tcp4?.fallback).toContain('cannot be read');
    expect(ownLines(snapshot)).toEqual(sorted(expected));
  });

  it('tells a socket that is bound and not connected, from Linux 6.8 on', () => {
    const held = bindTcp();
    onTestFinished(() => held.close());
    const snapshot = readHost();
    expect(snapshot.hasBound).toBe(tellsBound(release()));
    const line = `127.0.0.1:${held.port} -> 0.0.0.0:0 bound ${OWN}`;
    expect(ownLines(snapshot).tcp4.includes(line)).toBe(snapshot.hasBound);
  });

  it('tells a handshake, which belongs to the owner of the listener', async () => {
    const listener = listenForData();
    const client = connect({ port: listener.port, host: '127.0.0.1' });
    onTestFinished(() => {
      client.destroy();
      listener.close();
    });
    await once(client, 'connect');
    const line = `127.0.0.1:${listener.port} -> 127.0.0.1:${client.localPort} syn_received ${OWN}`;
    expect(ownLines(readHost()).tcp4).toContain(line);
  });

  it('has no file more open for this process after a read than before', () => {
    const openFiles = () => readdirSync('/proc/self/fd').length;
    const before = openFiles();
    expect(readHost().processes?.has(process.pid)).toBe(true);
    expect(openFiles()).toBe(before);
  });

  it('that does not answer is not waited for without end', () => {
    const socket = openNetlinkSocket();
    onTestFinished(() => socket.close());
    expect(() => socket.receive(new Uint8Array(16))).toThrow(
      'recv on a sock_diag socket, waiting for at most 2 s: EAGAIN',
    );
  });

  it('shows its own start, range and counters', () => {
    const { bootTimeMs, timestampMs, ephemeralRanges, statistics } = readHost();
    expect(bootTimeMs).toBeLessThan(timestampMs);
    expect(ephemeralRanges?.[0]?.first).toBeGreaterThan(0);
    expect(statistics.tcp?.activeOpens).toBeGreaterThan(0);
    expect(statistics.udp4?.datagramsSent).toBeGreaterThanOrEqual(0);
  });

  it('tells a socket that was opened after the first read, and not one that was closed', async () => {
    const source = openLinuxSource(EVERYTHING, { procfsRoot: '/proc' });
    const before = source.read();
    const late = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void late.close());
    await once(late, 'listening');
    const lateLine = `127.0.0.1:${portOf(late)} -> 0.0.0.0:0 listen ${OWN}`;
    expect(ownLines(before).tcp4).not.toContain(lateLine);
    expect(ownLines(source.read()).tcp4).toContain(lateLine);
    late.close();
    await once(late, 'close');
    expect(ownLines(source.read()).tcp4).not.toContain(lateLine);
  });
});

function sorted(lines: Record<'tcp4' | 'tcp6' | 'udp4' | 'udp6', readonly string[]>) {
  return Object.fromEntries(Object.entries(lines).map(([table, list]) => [table, [...list].sort()]));
}
