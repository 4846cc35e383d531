// The endpoints that hold a TCP port without being connected or listening, which the extended tables leave out.

import koffi from 'koffi';
import type { AddressFamily, TcpTable } from '../../model/sockets.ts';
import { TCP_STATE_CODE } from '../../model/states.ts';
import { PartFailure } from '../parts.ts';
import { callFailure } from './call-failure.ts';
import { ERROR_NO_DATA, ERROR_NOT_SUPPORTED, NO_ERROR } from './codes.ts';
import { MAX_BYTES } from './growing-buffer.ts';
import { BOUND_TCP4_ROW, BOUND_TCP6_ROW } from './row-layouts.ts';
import { decodeTcp4Table, decodeTcp6Table, type TableBytes } from './table-decoder.ts';
import type { Windows } from './windows.ts';

const NO_FLAGS = 0;
/** What HeapSize returns for a block that it does not know. */
const HEAP_SIZE_FAILED = -1;

export type BoundEndpoints = Readonly<Partial<Record<AddressFamily, TcpTable>>>;

const CALLS = {
  ipv4: {
    name: 'InternalGetBoundTcpEndpointTable',
    function: 'getBoundTcpTable',
    decode: (bytes: TableBytes) => decodeTcp4Table(bytes, undefined, BOUND_TCP4_ROW),
  },
  ipv6: {
    name: 'InternalGetBoundTcp6EndpointTable',
    function: 'getBoundTcp6Table',
    decode: (bytes: TableBytes) => decodeTcp6Table(bytes, undefined, BOUND_TCP6_ROW),
  },
} as const;

/** Whether this Windows tells them: since Windows 10 1809. */
export function tellsBound({ ipHelper }: Pick<Windows, 'ipHelper'>): boolean {
  return ipHelper.getBoundTcpTable.missing === undefined && ipHelper.getBoundTcp6Table.missing === undefined;
}

/**
 * The bound endpoints of both families, each in the state `bound`; those among them that are also in an extended table are
 * here, too. A family that the host does not have is absent. Throws a PartFailure.
 */
export function readBoundEndpoints(windows: Windows): BoundEndpoints {
  const ipv4 = readFamily(windows, 'ipv4');
  const ipv6 = readFamily(windows, 'ipv6');
  return { ...(ipv4 && { ipv4 }), ...(ipv6 && { ipv6 }) };
}

function readFamily(windows: Windows, family: AddressFamily): TcpTable | undefined {
  const { ipHelper, kernel32 } = windows;
  const { name, function: key, decode } = CALLS[family];
  const heap = kernel32.getProcessHeap();
  if (heap === 0) throw callFailure(kernel32, 'GetProcessHeap', kernel32.getLastError());
  const pointer = new BigUint64Array(1);
  const code = ipHelper[key](pointer, heap, NO_FLAGS);
  if (code === ERROR_NO_DATA) return undefined;
  if (code === ERROR_NOT_SUPPORTED && family === 'ipv6') return undefined;
  if (code !== NO_ERROR) throw callFailure(kernel32, name, code);
  const block = pointer[0] ?? 0n;
  if (block === 0n) throw new PartFailure('malformed', `${name} gave no table`);
  try {
    const table = decode(viewBlock(windows, name, heap, block));
    table.state.fill(TCP_STATE_CODE.bound);
    return table;
  } finally {
    kernel32.heapFree(heap, NO_FLAGS, block);
  }
}

/** The block as it is in memory, not copied: it must be decoded before it is freed. Its size is the heap's word, not the table's. */
function viewBlock({ kernel32 }: Windows, name: string, heap: number, block: bigint): TableBytes {
  const byteLength = kernel32.heapSize(heap, NO_FLAGS, block);
  // HeapSize sets no last error.
  if (byteLength === HEAP_SIZE_FAILED)
    throw new PartFailure('malformed', `HeapSize does not know the table of ${name}`);
  if (byteLength > MAX_BYTES) {
    throw new PartFailure('malformed', `${name} gave a table of ${byteLength} bytes, the limit is ${MAX_BYTES}`);
  }
  const wholeWords = byteLength - (byteLength % Uint32Array.BYTES_PER_ELEMENT);
  return { words: new Uint32Array(koffi.view(block, wholeWords)), byteLength: wholeWords };
}
