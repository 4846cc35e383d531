// Netlink messages as sock_diag sends them, and sockets that play them: struct nlmsghdr, struct inet_diag_msg.
import { endianness } from 'node:os';
import type { NetlinkSocket } from '../../../src/sources/linux/netlink.ts';
import { addressBytes } from './readable.ts';

const LITTLE = endianness() === 'LE';

export interface Message {
  readonly type: number;
  readonly sequence?: number;
  readonly flags?: number;
  readonly payload?: Uint8Array;
}

/** The default sequence number is the first that a dump uses. */
export function message({ type, sequence = 1, flags = 2, payload = new Uint8Array() }: Message): Uint8Array {
  const length = 16 + payload.length;
  const bytes = new Uint8Array((length + 3) & ~3);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, length, LITTLE);
  view.setUint16(4, type, LITTLE);
  view.setUint16(6, flags, LITTLE);
  view.setUint32(8, sequence, LITTLE);
  bytes.set(payload, 16);
  return bytes;
}

export interface DiagRow {
  /** The kernel's number. */
  readonly state: number;
  readonly local: readonly [address: string, port: number];
  readonly remote?: readonly [address: string, port: number];
  readonly inode?: number;
  readonly interface?: number;
  readonly sequence?: number;
  /** Whether it answers a request for TCP's sockets of both families. */
  readonly ofBoth?: boolean;
  /** Bytes of attributes behind the row. */
  readonly attributes?: number;
}

export function diagRow(row: DiagRow): Uint8Array {
  const payload = new Uint8Array(72 + (row.attributes ?? 0)).fill(0xee, 72);
  const view = new DataView(payload.buffer);
  const local = addressBytes(row.local[0]);
  const [remote, remotePort] = row.remote ?? [local.length === 4 ? '0.0.0.0' : '::', 0];
  payload[0] = local.length === 4 ? 2 : 10;
  payload[1] = row.state;
  view.setUint16(4, row.local[1]);
  view.setUint16(6, remotePort);
  payload.set(local, 8);
  payload.set(addressBytes(remote), 24);
  view.setUint32(40, row.interface ?? 0, LITTLE);
  view.setUint32(68, row.inode ?? 0, LITTLE);
  return message({ type: row.ofBoth ? 18 : 20, sequence: row.sequence ?? 1, payload });
}

export function done(result = 0, sequence = 1): Uint8Array {
  return message({ type: 3, sequence, payload: i32(result) });
}

export function failed(result: number, sequence = 1): Uint8Array {
  return message({ type: 2, sequence, payload: i32(result) });
}

export function i32(value: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(4));
  view.setInt32(0, value, LITTLE);
  return new Uint8Array(view.buffer);
}

export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

/** What one socket answers, read by read; an error is thrown. A function is told the request's sequence number. */
export type Script = readonly (Uint8Array | Error | ((sequence: number) => Uint8Array))[];

/** Opens one socket for each script, and counts what is left open. */
export function scriptedSockets(...scripts: readonly Script[]) {
  const state = { opened: 0, open: 0, requests: [] as Uint8Array[] };
  const openSocket = (): NetlinkSocket => {
    const script = scripts[state.opened++];
    if (script === undefined) throw new Error('one socket more was opened than there are scripts');
    state.open++;
    let sequence = 0;
    let reads = 0;
    return {
      send(request) {
        state.requests.push(request);
        sequence = new DataView(request.buffer).getUint32(8, LITTLE);
      },
      receive(buffer) {
        const answer = script[reads++] ?? new Error('one read more than the script has');
        if (answer instanceof Error) throw answer;
        const bytes = typeof answer === 'function' ? answer(sequence) : answer;
        buffer.set(bytes.subarray(0, buffer.length));
        return bytes.length;
      },
      close() {
        state.open--;
      },
    };
  };
  return { state, openSocket };
}
