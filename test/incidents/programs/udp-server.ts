// A UDP server of an incident that opens a socket for each of its clients: udp-server.ts COUNT. One is on a port of its
// choice, which it prints as JSON once all are there, the others on ports that the OS chose. Ends when its input does.
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

export interface UdpServerReady {
  readonly port: number;
}

const HOST = '127.0.0.1';
/** Below the usual ephemeral ranges of Linux and Windows. */
const FIRST_PORT = 20_000;
const LAST_PORT = 30_000;
const OS_CHOOSES = 0;

async function bind(port: number): Promise<Socket> {
  const socket = createSocket('udp4');
  try {
    socket.bind(port, HOST);
    await once(socket, 'listening');
    return socket;
  } catch (error) {
    socket.close();
    throw error;
  }
}

async function bindChosenPort(): Promise<number> {
  for (let port = FIRST_PORT; port <= LAST_PORT; port++) {
    try {
      await bind(port);
      return port;
    } catch {
      // Somebody has it.
    }
  }
  throw new Error(`no UDP port from ${FIRST_PORT} to ${LAST_PORT} is free`);
}

const port = await bindChosenPort();
for (let sockets = 1; sockets < Number(process.argv[2]); sockets++) await bind(OS_CHOOSES);
process.stdout.write(`${JSON.stringify({ port } satisfies UdpServerReady)}\n`);
process.stdin.resume().on('end', () => process.exit(0));
