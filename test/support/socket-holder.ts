// A program that holds sockets for the tests to find: on both families a listener with three clients, one of which has
// half-closed its connection, and a UDP socket. Prints its ports as JSON once all is in place; ends when its input does.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';

/** Below the usual ephemeral ranges of Linux and Windows, so that the UDP ports have series of their own. */
const FIRST_UDP_PORT = 20_000;
const LAST_UDP_PORT = 30_000;
const CLIENTS = 3;

export interface HeldPorts {
  readonly ipv4: { readonly tcp: number; readonly udp: number };
  readonly ipv6: { readonly tcp: number; readonly udp: number };
}

async function holdTcp(host: string): Promise<number> {
  const server = createServer({ allowHalfOpen: true }, (socket) => socket.resume()).listen(0, host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  for (let i = 0; i < CLIENTS; i++) {
    const accepted = once(server, 'connection');
    const client = connect({ port, host, allowHalfOpen: true });
    const [[socket]] = await Promise.all([accepted, once(client, 'connect')]);
    if (i > 0) continue;
    client.end();
    await once(socket, 'end');
  }
  return port;
}

async function holdUdp(type: 'udp4' | 'udp6', host: string): Promise<number> {
  for (let port = FIRST_UDP_PORT; port <= LAST_UDP_PORT; port++) {
    const socket = createSocket({ type, ipv6Only: type === 'udp6' });
    try {
      socket.bind(port, host);
      await once(socket, 'listening');
      return port;
    } catch {
      socket.close();
    }
  }
  throw new Error('no UDP port is free');
}

const ports: HeldPorts = {
  ipv4: { tcp: await holdTcp('127.0.0.1'), udp: await holdUdp('udp4', '127.0.0.1') },
  ipv6: { tcp: await holdTcp('::1'), udp: await holdUdp('udp6', '::1') },
};
process.stdout.write(`${JSON.stringify(ports)}\n`);
process.stdin.resume().on('end', () => process.exit(0));
