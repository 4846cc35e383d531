// World: a Linux host. What tells processes of one image, and sockets between the same ends, apart on the running kernel.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, realpathSync, symlinkSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Server, type Socket, type TcpSocketConnectOpts } from 'node:net';
import { basename, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { imageKey } from '../../../src/model/processes.ts';
import type { TcpTable } from '../../../src/model/sockets.ts';
import { openLinuxSource } from '../../../src/sources/linux/source.ts';
import { EVERYTHING, NOTHING } from '../../support/source-options.ts';
import { ProcfsTree } from './procfs-tree.ts';

const LISTENING_PROGRAM = `require('node:net').createServer().listen(0, '127.0.0.1', () => console.log('listening'))`;
/** 60 KB, many pages of memory: the kernel is to give them all in one read. */
const LONG_ARGUMENT = `-Dclass.path=${'/opt/kafka/libs/some-library.jar:'.repeat(1800)}`;
const ARGUMENTS = ['-e', LISTENING_PROGRAM, '--', LONG_ARGUMENT, '', 'größe 5', 'kafka.Kafka'];

const PROCFS = '/proc';
/** To `::` comes an IPv4-mapped connection. */
const LISTENING_ADDRESSES = existsSync(`${PROCFS}/net/tcp6`) ? ['127.0.0.1', '::'] : ['127.0.0.1'];

/** The same host under another root, where sock_diag is not used. */
function procfsWithoutSockDiag(): string {
  const tree = new ProcfsTree();
  for (const entry of ['net', 'stat', `${process.pid}`])
    symlinkSync(realpathSync(join(PROCFS, entry)), join(tree.root, entry));
  return tree.root;
}

/** Runs until the test is over; resolves to its process id when it listens. */
async function startListeningProgram(): Promise<number> {
  const child = spawn(process.execPath, ARGUMENTS, { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill());
  await once(child.stdout, 'data');
  return child.pid ?? 0;
}

/** Of the loopback network, where no port is taken by what another test has left in TIME_WAIT. */
const OWN_ADDRESS = '127.0.77.1';

async function listen(host: string): Promise<Server> {
  const server = createServer((socket) => socket.on('error', () => undefined).resume()).listen(0, host);
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return server;
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

/** A connection that was accepted: before that the kernel has no inode for the other end. */
async function connectTo(server: Server, from: Partial<TcpSocketConnectOpts> = {}): Promise<Socket> {
  const accepted = once(server, 'connection');
  const { address, port } = server.address() as AddressInfo;
  const socket = connect({ port, host: address === '::' ? '127.0.0.1' : address, ...from });
  onTestFinished(() => void socket.destroy());
  await Promise.all([accepted, once(socket, 'connect')]);
  return socket;
}

/** The inode in the line of the kernel's text that has these ports. */
function inodeInText(table: 'tcp' | 'tcp6', localPort: number, remotePort: number): number {
  const lines = readFileSync(`${PROCFS}/net/${table}`, 'utf8').split('\n');
  const hasPort = (end: string | undefined, port: number) => Number.parseInt(end?.split(':')[1] ?? '', 16) === port;
  const fields = lines
    .map((line) => line.trim().split(/\s+/))
    .find(([, local, remote]) => hasPort(local, localPort) && hasPort(remote, remotePort));
  return Number(fields?.[9]);
}

/** The id of the row that has these ports, as the source tells it. */
function socketIdOf(localPort: number, remotePort: number, procfsRoot = PROCFS): number | undefined {
  const { tcp4 } = openLinuxSource({ ...NOTHING, tables: true }, { procfsRoot }).read().tables;
  return tcp4?.socketId?.[rowOf(tcp4, localPort, remotePort)];
}

function rowOf(table: TcpTable, localPort: number, remotePort: number): number {
  const rows = Array.from({ length: table.length }, (_, row) => row);
  return rows.find((row) => table.localPort[row] === localPort && table.remotePort[row] === remotePort) ?? -1;
}

describe.runIf(process.platform === 'linux')('on the running kernel', () => {
  it('the command line of a process is what it was started with', async () => {
    const pid = await startListeningProgram();
    const images = new Set([imageKey(basename(realpathSync(process.execPath)))]);
    const source = openLinuxSource({ ...EVERYTHING, commandLinesOf: images }, { procfsRoot: PROCFS });
    expect(source.read().processes?.get(pid)?.commandLine).toBe([process.execPath, ...ARGUMENTS].join(' '));
  });

  it.each(LISTENING_ADDRESSES)(
    'the id of a socket is the inode that procfs tells, to a listener of %s',
    async (host) => {
      const server = await listen(host);
      const port = portOf(server);
      const clientPort = (await connectTo(server)).localPort ?? 0;
      const client = inodeInText('tcp', clientPort, port);
      const accepted = inodeInText(host === '::' ? 'tcp6' : 'tcp', port, clientPort);
      expect(Math.min(client, accepted)).toBeGreaterThan(0);
      for (const root of [PROCFS, procfsWithoutSockDiag()]) {
        expect(socketIdOf(clientPort, port, root)).toBe(client);
        expect(socketIdOf(port, clientPort, root)).toBe(accepted);
      }
    },
  );

  it('a connection has another id than the one before it between the same ends', async () => {
    const server = await listen(OWN_ADDRESS);
    const port = portOf(server);
    const first = await connectTo(server);
    const clientPort = first.localPort ?? 0;
    const id = socketIdOf(clientPort, port);
    // A reset leaves no TIME_WAIT, which would keep the port.
    const closed = once(first, 'close');
    first.resetAndDestroy();
    await closed;
    await connectTo(server, { localAddress: OWN_ADDRESS, localPort: clientPort });
    expect(id).toBeGreaterThan(0);
    expect(socketIdOf(clientPort, port)).toBeGreaterThan(0);
    expect(socketIdOf(clientPort, port)).not.toBe(id);
  });
});
