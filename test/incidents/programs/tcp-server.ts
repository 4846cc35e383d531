// A TCP server of an incident: tcp-server.ts PORT. Prints its port as JSON. On the line `close` it closes all of its
// connections, and says so when its side of them is closed. When its input ends it does the same, and ends.
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

export interface TcpServerReady {
  readonly port: number;
}

const HOST = '127.0.0.1';

const sockets = new Set<Socket>();
const server = createServer((socket) => {
  sockets.add(socket);
  socket.resume().on('close', () => sockets.delete(socket));
  // A client that is killed may reset its connection.
  socket.on('error', () => {});
}).listen(Number(process.argv[2]), HOST);
await once(server, 'listening');
print({ port: (server.address() as AddressInfo).port } satisfies TcpServerReady);

for await (const line of createInterface(process.stdin)) if (line === 'close') print({ closed: await closeAll() });
server.close();
await closeAll();
// A client that never closes its side must not hold this process up.
process.exit(0);

/** Closes our side of all connections: how many. */
async function closeAll(): Promise<number> {
  const open = [...sockets];
  await Promise.all(open.map((socket) => new Promise((resolve) => socket.end(() => resolve(undefined)))));
  return open.length;
}

function print(message: object): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}
