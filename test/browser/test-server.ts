// Real sockets of this process for the live view to show: a server, and connections to it.
import { once } from 'node:events';
import { realpathSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { basename } from 'node:path';
import { eventually } from '../peers/eventually.ts';

const HOST = '127.0.0.1';

/** What the exporter calls this process. */
export const OWN_PROCESS = basename(realpathSync(process.execPath));

export interface TestConnection {
  /** The local port of the client's end. */
  readonly clientPort: number;
  /** The server closes its end: the client's is in `close_wait`. */
  endByServer(): Promise<void>;
  /** The client closes its end: where the server has, it is gone. */
  end(): Promise<void>;
}

export interface TestServer extends AsyncDisposable {
  readonly port: number;
  connect(): Promise<TestConnection>;
}

/** Others may connect as well. All ends of it are closed when it is disposed of. */
export async function startTestServer(): Promise<TestServer> {
  const clients = new Set<Socket>();
  /** By the client's port, which may come again later. */
  const served = new Map<number | undefined, Socket>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    const { remotePort } = socket;
    served.set(remotePort, socket);
    // A client that is killed may reset its connection.
    socket.resume().on('error', () => {});
    socket.on('close', () => served.delete(remotePort));
  }).listen(0, HOST);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    async connect() {
      const client = connect({ port, host: HOST, allowHalfOpen: true }).resume();
      clients.add(client);
      client.on('close', () => clients.delete(client));
      await once(client, 'connect');
      const clientPort = client.localPort ?? 0;
      const peer = await eventually('the server has accepted', () => served.get(clientPort));
      return {
        clientPort,
        async endByServer() {
          const ended = once(client, 'end');
          peer.end();
          await ended;
        },
        async end() {
          const closed = once(client, 'close');
          client.end();
          await closed;
        },
      };
    },
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of [...clients, ...served.values()]) socket.destroy();
      await closed;
    },
  };
}
