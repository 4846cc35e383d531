// Sends the first segment of a TCP handshake from addresses that never answer, as a scan with forged senders does
// (RFC 791, RFC 9293; raw(7)).
import koffi from 'koffi';
import { ip } from './network-namespace.ts';

const AF_INET = 2;
const SOCK_RAW = 3;
/** The packets have their own IPv4 header. */
const IPPROTO_RAW = 255;
const IPPROTO_TCP = 6;
const IP_HEADER_BYTES = 20;
const TCP_HEADER_BYTES = 20;
const SYN = 0x02;
const TARGET = [127, 0, 0, 1] as const;
const MAX_SENDERS = 254;
const SENDER_PORT = 40_000;

const libc = koffi.load(null);
const socket = libc.func('int socket(int domain, int type, int protocol)');
const sendto = libc.func(
  'int64_t sendto(int fd, const uint8_t *packet, size_t bytes, int flags, const uint8_t *address, uint32_t addressBytes)',
);
const close = libc.func('int close(int fd)');

/** In a network of the test's own: of 127.0.0.0/8 it answers as 127.0.0.1 only; what it sends to 127.9.0.0/16 arrives nowhere. */
export function routeSendersToNowhere(): void {
  ip('route', 'delete', 'local', '127.0.0.0/8', 'dev', 'lo', 'table', 'local');
  ip('route', 'add', '127.9.0.0/16', 'dev', 'lo');
}

/** Sends one SYN to the port of 127.0.0.1 from each of the addresses 127.9.BURST.1 to 127.9.BURST.COUNT. */
export function sendSyns(port: number, burst: number, count: number): void {
  if (count > MAX_SENDERS) throw new Error(`there are ${MAX_SENDERS} addresses for a burst, not ${count}`);
  const fd = succeed('socket', socket(AF_INET, SOCK_RAW, IPPROTO_RAW));
  const address = new Uint8Array(16);
  new Uint16Array(address.buffer)[0] = AF_INET;
  address.set(TARGET, 4);
  for (let sender = 1; sender <= count; sender++) {
    const packet = synPacket([127, 9, burst, sender], port);
    succeed('sendto', sendto(fd, packet, packet.length, 0, address, address.length));
  }
  close(fd);
}

function synPacket(from: readonly number[], port: number): Uint8Array {
  const packet = new Uint8Array(IP_HEADER_BYTES + TCP_HEADER_BYTES);
  const view = new DataView(packet.buffer);
  // The kernel fills in the length and the checksum of this header.
  view.setUint8(0, (4 << 4) | (IP_HEADER_BYTES / 4));
  view.setUint8(8, 64); // time to live
  view.setUint8(9, IPPROTO_TCP);
  packet.set(from, 12);
  packet.set(TARGET, 16);
  view.setUint16(IP_HEADER_BYTES, SENDER_PORT);
  view.setUint16(IP_HEADER_BYTES + 2, port);
  view.setUint32(IP_HEADER_BYTES + 4, 1); // sequence number
  view.setUint8(IP_HEADER_BYTES + 12, (TCP_HEADER_BYTES / 4) << 4);
  view.setUint8(IP_HEADER_BYTES + 13, SYN);
  view.setUint16(IP_HEADER_BYTES + 14, 0xffff); // window
  view.setUint16(IP_HEADER_BYTES + 16, tcpChecksum(view));
  return packet;
}

/** Over both addresses, the protocol, the length and the segment itself, in words of 16 bits. */
function tcpChecksum(packet: DataView): number {
  let sum = IPPROTO_TCP + TCP_HEADER_BYTES;
  for (let at = 12; at < packet.byteLength; at += 2) sum += packet.getUint16(at);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}

function succeed(call: string, result: number): number {
  if (result < 0) throw new Error(`${call} failed: errno ${koffi.errno()}`);
  return result;
}
