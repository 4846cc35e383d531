// Many real sockets on loopback, spread over processes: what a busy host looks like to the exporter.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type Server } from 'node:net';
import { fileURLToPath } from 'node:url';

const SELF = fileURLToPath(import.meta.url);
const PORTS = 4;
/** Connections that one process opens at a time; more would overflow the listeners' backlogs. */
const AT_A_TIME = 100;

export interface SocketFarm extends AsyncDisposable {
  readonly pids: readonly number[];
}

/** Holds `sockets` TCP sockets, listeners not counted: both ends of each connection, in `processes` processes on several ports. */
export async function openSocketFarm(sockets: number, processes: number): Promise<SocketFarm> {
  const children: ChildProcess[] = [];
  for (let index = 0; index < processes; index++) {
    const child = fork(SELF, [String(Math.floor(sockets / processes / 2)), String(index)], { stdio: 'inherit' });
    children.push(child);
    const [message] = (await once(child, 'message')) as [string];
    if (message !== 'ready') throw new Error(message);
  }
  return {
    pids: children.flatMap(({ pid }) => pid ?? []),
    [Symbol.asyncDispose]: async () => {
      await Promise.all(
        children.map((child) => {
          const ended = once(child, 'exit');
          child.kill('SIGKILL');
          return ended;
        }),
      );
    },
  };
}

async function hold(connections: number, host: string): Promise<void> {
  const ports: number[] = [];
  for (let i = 0; i < PORTS; i++) {
    const server: Server = createServer().listen({ port: 0, host, backlog: 4 * AT_A_TIME });
    await once(server, 'listening');
    const address = server.address();
    if (address !== null && typeof address === 'object') ports.push(address.port);
  }
  for (let opened = 0; opened < connections; opened += AT_A_TIME) {
    const count = Math.min(AT_A_TIME, connections - opened);
    await Promise.all(
      Array.from({ length: count }, (_, i) => once(connect({ port: ports[i % PORTS] ?? 0, host }), 'connect')),
    );
  }
}

if (import.meta.main) {
  const [connections, index] = process.argv.slice(2).map(Number);
  // An address for each process: its own space of ephemeral ports.
  await hold(connections ?? 0, `127.0.1.${1 + (index ?? 0)}`);
  // Nobody else would end them.
  process.on('disconnect', () => process.exit());
  process.send?.('ready');
}
