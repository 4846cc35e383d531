// A TCP client of ordinary traffic: tcp-visitor.ts PORT [CLOSED_PORT]. It visits a server again and again until its input
// ends: sends a little, stays for a moment, and closes. With CLOSED_PORT it is a nuisance, too: it resets some of its
// connections, knocks at this port, where nobody may listen, and sends datagrams there.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

const HOST = '127.0.0.1';
const VISIT_EVERY_MS = 250;
/** How long a visit lasts goes up and down, so that there are now more and now fewer at once. */
const SHORTEST_STAY_MS = 500;
const LONGEST_STAY_MS = 6_000;
const WAVE_MS = 90_000;
/** Every fourth visit ends in a reset. */
const RESET_EVERY = 4;
/** With each visit. */
const KNOCKS = 4;
const REQUEST = 'x'.repeat(2_000);

const [port, closedPort] = process.argv.slice(2).map(Number);
const datagrams = createSocket('udp4');
let visits = 0;

setInterval(() => {
  visits += 1;
  const isReset = closedPort !== undefined && visits % RESET_EVERY === 0;
  begin(port ?? 0, (socket) => {
    socket.write(REQUEST);
    setTimeout(() => (isReset ? socket.resetAndDestroy() : socket.end()), stayMs());
  });
  if (closedPort === undefined) return;
  for (let knocks = 0; knocks < KNOCKS; knocks++) begin(closedPort, () => {});
  datagrams.send(REQUEST, closedPort, HOST);
}, VISIT_EVERY_MS);
process.stdout.write(`${JSON.stringify({ port })}\n`);
await once(process.stdin.resume(), 'end');
process.exit(0);

/** The server may be away for a moment, or reset the connection: that is a part of it. */
function begin(to: number, onConnect: (socket: Socket) => void): void {
  const socket = connect(to, HOST, () => onConnect(socket));
  socket.resume().on('error', () => {});
}

function stayMs(): number {
  const wave = (1 - Math.cos((2 * Math.PI * performance.now()) / WAVE_MS)) / 2;
  return SHORTEST_STAY_MS + wave * (LONGEST_STAY_MS - SHORTEST_STAY_MS);
}
