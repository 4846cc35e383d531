// A UDP server of an incident that opens a socket for each of its clients: udp-server.ts PORT COUNT. One is on the port, the
// others are on ports that the OS chose. Prints as JSON how many there are, and ends when its input does.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';

const HOST = '127.0.0.1';
const OS_CHOOSES = 0;

async function bind(port: number): Promise<void> {
  await once(createSocket('udp4').bind(port, HOST), 'listening');
}

const [port, count] = process.argv.slice(2).map(Number);
await bind(port ?? 0);
let sockets = 1;
for (; sockets < (count ?? 0); sockets++) await bind(OS_CHOOSES);
process.stdout.write(`${JSON.stringify({ sockets })}\n`);
process.stdin.resume().on('end', () => process.exit(0));
