// Clients that take their time, of each kind that can hold something of the server.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';

/** Where a connection goes, and from which of the host's addresses. */
type Way = Readonly<{ host: string; port: number; localAddress: string }>;

/** Opens a connection and is slow on it. */
export type SlowClient = (way: Way) => Socket;

export interface SlowClients extends Disposable {
  /** How many of the connections are over, as far as the clients read. */
  ended(): number;
}

/** More at a time than wait to be accepted would be lost half open. */
const CONNECTED_AT_A_TIME = 100;

/** Of the loopback network, which a host has all of. None is the scraper's. */
const ADDRESSES = ['127.0.1.1', '127.0.1.2', '127.0.1.3', '127.0.1.4'];

/**
 * Resolves when all are connected; they go on until the server ends them, or it is disposed. From several addresses, as
 * one alone may have half of the connections.
 */
export async function openSlowClients(
  open: SlowClient,
  url: string,
  count: number,
  addresses: readonly string[] = ADDRESSES,
): Promise<SlowClients> {
  const port = Number(new URL(url).port);
  const way = (index: number): Way => {
    return { host: '127.0.0.1', port, localAddress: addresses[index % addresses.length] ?? '' };
  };
  const sockets: Socket[] = [];
  let ended = 0;
  while (sockets.length < count) {
    const some = Array.from({ length: Math.min(CONNECTED_AT_A_TIME, count - sockets.length) }, (_, index) =>
      open(way(index)),
    );
    for (const socket of some) {
      socket
        .on('error', () => {})
        .on('close', () => {
          ended += 1;
        });
    }
    await Promise.all(some.map((socket) => once(socket, 'connect')));
    sockets.push(...some);
  }
  return {
    ended: () => ended,
    [Symbol.dispose]: () => {
      for (const socket of sockets) socket.destroy();
    },
  };
}

const DRIP_INTERVAL_MS = 500;

export function silent(way: Way): Socket {
  return connect(way).resume();
}

/** A header byte by byte, that never ends. */
export function dripping(way: Way): Socket {
  const socket = connect(way).resume();
  socket.write('GET /metrics HTTP/1.1\r\nHost: x\r\nA: ');
  const drip = setInterval(() => socket.write('a'), DRIP_INTERVAL_MS);
  return socket.on('close', () => clearInterval(drip));
}

/** A body is announced that never comes. */
export function bodiless(way: Way): Socket {
  const socket = connect(way).resume();
  socket.write('POST /metrics HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n');
  return socket;
}

/** One request, and nothing more. */
export function idle(way: Way): Socket {
  const socket = connect(way).resume();
  socket.write('GET /health HTTP/1.1\r\nHost: x\r\n\r\n');
  return socket;
}

/** One scrape, of which nothing is read. */
export function notReading(way: Way): Socket {
  const socket = connect(way).pause();
  socket.write('GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n');
  return socket;
}

const PIPELINED_SCRAPES = 10;
const SCRAPE_INTERVAL_MS = 100;

/** One scrape after the other, of which nothing is read: more than the system takes from the program for one connection. */
export function scrapingAndNotReading(way: Way): Socket {
  const socket = connect(way).pause();
  let scrapes = 0;
  const scrape = setInterval(() => {
    socket.write('GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n');
    scrapes += 1;
    if (scrapes === PIPELINED_SCRAPES) clearInterval(scrape);
  }, SCRAPE_INTERVAL_MS);
  return socket.on('close', () => clearInterval(scrape));
}

/** The first bytes of a ClientHello. */
export function beginningHandshake(way: Way): Socket {
  const socket = connect(way).resume();
  socket.write('\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', 'latin1');
  return socket;
}

/** A whole ClientHello, and no answer to what the server says then. */
export function halfHandshake(way: Way): Socket {
  const socket = connect(way).resume();
  const deaf = new Duplex({
    read() {},
    write(chunk, _encoding, done) {
      socket.write(chunk);
      done();
    },
  });
  connectTls({ socket: deaf }).on('error', () => {});
  return socket;
}

/** A handshake, and nothing more. */
export function securedAndSilent(way: Way): Socket {
  const socket = connect(way);
  connectTls({ socket, rejectUnauthorized: false })
    .resume()
    .on('error', () => {});
  return socket;
}
