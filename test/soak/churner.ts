// A process whose sockets come and go: listeners, connections, some of them half-closed, and UDP sockets, of both families.
// It holds what it has from the line `freeze` on its input on, says `frozen`, and ends when its input does.
import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

const STEP_MS = 15;
const MAX_LISTENERS = 6;
const MAX_CONNECTIONS = 25;
const MAX_UDP_SOCKETS = 6;
/** Outside of the ephemeral range, so that all of them have series of their own. */
const FIRST_PORT = 10_000;
const PORTS = 20_000;
const HOSTS = ['127.0.0.1', '::1', '::'] as const;
/** What was begun before the freeze has happened by then. */
const SETTLING_MS = 500;

const listeners = new Set<Server>();
/** Both ends of each. */
const connections = new Set<Socket>();
const udpSockets = new Set<UdpSocket>();

function anyOf<T>(things: Iterable<T>): T | undefined {
  const all = [...things];
  return all[Math.floor(Math.random() * all.length)];
}

const anyPort = (): number => FIRST_PORT + Math.floor(Math.random() * PORTS);

/** Ports that are taken, and connections that are reset by the other end, are a part of the game. */
function ignoringErrors<T extends Server | Socket | UdpSocket>(thing: T, all: Set<T>): T {
  all.add(thing);
  thing.on('error', () => all.delete(thing)).on('close', () => all.delete(thing));
  return thing;
}

function hold(socket: Socket): void {
  ignoringErrors(socket, connections).resume();
}

const STEPS: readonly (() => void)[] = [
  () => {
    if (listeners.size >= MAX_LISTENERS) return;
    const server = ignoringErrors(createServer({ allowHalfOpen: true }, hold), listeners);
    server.listen(anyPort(), anyOf(HOSTS));
  },
  () => {
    const listener = anyOf(listeners);
    if (Math.random() < 0.2) listener?.close();
  },
  () => {
    const address = anyOf(listeners)?.address() as AddressInfo | null | undefined;
    if (address == null || connections.size >= 2 * MAX_CONNECTIONS) return;
    // A listener of both families is reached over IPv4, in a table that is not its own.
    const host = address.address === '::' ? '127.0.0.1' : address.address;
    hold(connect({ port: address.port, host, allowHalfOpen: true }));
  },
  () => void anyOf(connections)?.end(),
  () => void anyOf(connections)?.destroy(),
  () => {
    if (udpSockets.size >= MAX_UDP_SOCKETS) return;
    const socket = ignoringErrors(createSocket(Math.random() < 0.5 ? 'udp4' : 'udp6'), udpSockets);
    socket.bind(anyPort());
  },
  () => {
    const socket = anyOf(udpSockets);
    if (socket === undefined || !udpSockets.delete(socket)) return;
    // One that is not bound yet cannot be closed.
    try {
      socket.close();
    } catch {}
  },
];

const timer = setInterval(() => anyOf(STEPS)?.(), STEP_MS);
process.stdin
  .on('data', () => {
    clearInterval(timer);
    setTimeout(() => process.stdout.write('frozen\n'), SETTLING_MS);
  })
  .on('end', () => process.exit(0));
