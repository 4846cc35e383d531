// A client that sends an attack, over plain TCP or TLS, and tells what came back.
import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Attack } from './attacks.ts';

/** Where the program listens, and who signed its certificate; undefined: plain HTTP. */
export interface Target {
  readonly port: number;
  readonly authority: string | undefined;
}

/** Never more than that at a time. */
const PARALLEL_ATTACKS = 16;
/** The server ends each connection of an attack, at the latest by its own time-outs. */
const DEADLINE_MS = 60_000;

/** Plays attacks of these numbers, several at a time, and tells each one's outcome to `seen`. */
export async function playAll(
  target: Target,
  numbers: readonly number[],
  attackOf: (number: number) => Attack,
  seen: (attack: Attack, received: string) => void,
): Promise<void> {
  // One iterator for all: each number is taken once.
  const left = numbers.values();
  const playSome = async (): Promise<void> => {
    for (const number of left) {
      const attack = attackOf(number);
      seen(attack, await play(target, attack));
    }
  };
  await Promise.all(Array.from({ length: PARALLEL_ATTACKS }, playSome));
}

/** What came back until the connection was over, a character a byte. Rejects when it never is. */
async function play(target: Target, attack: Attack): Promise<string> {
  const isBeneath = attack.beneathTls || target.authority === undefined;
  const { socket, ready } = isBeneath ? openPlain(target.port) : openTls(target);
  let received = '';
  const over = Promise.withResolvers<void>();
  // Resets, and alerts of TLS, are answers too.
  socket.on('error', () => {}).on('close', () => over.resolve());
  socket.setEncoding('latin1').on('data', (text: string) => {
    received += text;
    if (attack.ending === 'leave') socket.destroy();
  });
  const deadline = setTimeout(() => {
    over.reject(new Error(`${attack.name}: the connection was open after ${DEADLINE_MS} ms; sent: ${shorten(attack)}`));
    socket.destroy();
  }, DEADLINE_MS);
  socket.once(ready, () => void write(socket, attack));
  try {
    await over.promise;
  } finally {
    clearTimeout(deadline);
  }
  return received;
}

interface Connection {
  readonly socket: Socket;
  /** The event after which it can be written. */
  readonly ready: 'connect' | 'secureConnect';
}

function openPlain(port: number): Connection {
  return { socket: connectPlain({ port, host: '127.0.0.1', noDelay: true }), ready: 'connect' };
}

function openTls({ port, authority }: Target): Connection {
  return { socket: connectTls({ port, host: '127.0.0.1', ca: authority }), ready: 'secureConnect' };
}

async function write(socket: Socket, { pieces, ending }: Attack): Promise<void> {
  for (const piece of pieces) {
    if (!socket.writable) return;
    await new Promise<void>((resolve) => socket.write(piece, 'latin1', () => resolve()));
  }
  if (ending === 'end') socket.end();
  // A connection of TLS cannot be reset by Node.js.
  else if (ending === 'reset') 'encrypted' in socket ? socket.destroy() : socket.resetAndDestroy();
  // Nothing may ever come back, so the other side is to end, too.
  else setImmediate(() => socket.end());
}

/** As much of an attack as a message can show. */
export function shorten({ pieces }: Attack): string {
  return JSON.stringify(pieces.join('').slice(0, 300));
}
