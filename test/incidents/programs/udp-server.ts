// A UDP server of an incident that opens a socket for each of its clients: udp-server.ts PORT COUNT. One is on the port, the
// others are on ports that the OS chose. Prints as JSON how many there are, and ends when its input does. On a line with a
// number it opens so many more.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const HOST = '127.0.0.1';
const OS_CHOOSES = 0;

async function bind(port: number): Promise<void> {
  await once(createSocket('udp4').bind(port, HOST), 'listening');
}

const [port, count] = process.argv.slice(2).map(Number);
await bind(port ?? 0);
let sockets = 1;
await openAndTell((count ?? 0) - sockets);
for await (const line of createInterface(process.stdin)) await openAndTell(Number(line));
process.exit(0);

async function openAndTell(more: number): Promise<void> {
  for (const until = sockets + more; sockets < until; sockets++) await bind(OS_CHOOSES);
  process.stdout.write(`${JSON.stringify({ sockets })}\n`);
}
