// A TCP client of an incident that never closes a connection: tcp-client.ts PORT COUNT. It opens COUNT, or as many as the
// OS lets it, prints that as JSON, and holds them until its input ends. On a line with a number it opens so many more.
import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';

export interface TcpClientReady {
  readonly connections: number;
  /** The code with which the OS refused one more; absent when it never did. */
  readonly failure?: string;
}

const HOST = '127.0.0.1';

async function openConnections(port: number, count: number): Promise<TcpClientReady> {
  for (let connections = 0; connections < count; connections++) {
    // allowHalfOpen: the mistake of this program is that the end of the other side is no end to it.
    const socket = connect({ port, host: HOST, allowHalfOpen: true });
    try {
      await once(socket, 'connect');
    } catch (error) {
      return { connections, failure: (error as NodeJS.ErrnoException).code ?? String(error) };
    }
    socket.resume();
  }
  return { connections: count };
}

const [port, count] = process.argv.slice(2).map(Number);
await openAndTell(count ?? 0);
for await (const line of createInterface(process.stdin)) await openAndTell(Number(line));
process.exit(0);

async function openAndTell(more: number): Promise<void> {
  process.stdout.write(`${JSON.stringify(await openConnections(port ?? 0, more))}\n`);
}
