// Sockets in states that Node cannot bring them into: made by the C library.
import koffi from 'koffi';

const AF_INET = 2;
const SOCK_STREAM = 1;
const IPPROTO_TCP = 6;
const TCP_DEFER_ACCEPT = 9;
const SECONDS_TO_DEFER = 60;
const LOOPBACK = [127, 0, 0, 1] as const;

const libc = koffi.load(null);
const socket = libc.func('int socket(int domain, int type, int protocol)');
const bind = libc.func('int bind(int fd, const uint8_t *address, uint32_t bytes)');
const listen = libc.func('int listen(int fd, int backlog)');
const getsockname = libc.func('int getsockname(int fd, _Out_ uint8_t *address, _Inout_ uint32_t *bytes)');
const setsockopt = libc.func('int setsockopt(int fd, int level, int name, const int *value, uint32_t bytes)');
const close = libc.func('int close(int fd)');

export interface RawSocket {
  readonly port: number;
  close(): void;
}

/** Holds a port of 127.0.0.1 without listening or connecting. */
export function bindTcp(): RawSocket {
  const { fd, port } = bound();
  return { port, close: () => void close(fd) };
}

/** Listens on 127.0.0.1, and keeps each connection in the handshake until its client sends something. */
export function listenForData(): RawSocket {
  const { fd, port } = bound();
  succeed(setsockopt(fd, IPPROTO_TCP, TCP_DEFER_ACCEPT, [SECONDS_TO_DEFER], 4));
  succeed(listen(fd, 1));
  return { port, close: () => void close(fd) };
}

function bound(): { fd: number; port: number } {
  const fd = succeed(socket(AF_INET, SOCK_STREAM, 0));
  const address = new Uint8Array(16);
  new Uint16Array(address.buffer)[0] = AF_INET;
  address.set(LOOPBACK, 4);
  succeed(bind(fd, address, address.length));
  succeed(getsockname(fd, address, [address.length]));
  return { fd, port: new DataView(address.buffer).getUint16(2) };
}

function succeed(result: number): number {
  if (result < 0) throw new Error(`errno ${koffi.errno()}`);
  return result;
}
