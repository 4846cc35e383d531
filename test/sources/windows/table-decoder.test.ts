// World 1 (fixtures): socket tables of Windows, bytes in, columns out.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AddressFamily, TcpTable } from '../../../src/model/sockets.ts';
import { TCP_STATES } from '../../../src/model/states.ts';
import { PartFailure } from '../../../src/sources/parts.ts';
import {
  decodeTcp4Table,
  decodeTcp6Table,
  decodeUdp4Table,
  decodeUdp6Table,
} from '../../../src/sources/windows/table-decoder.ts';
import type { Endpoint } from '../../worlds/standin/endpoints.ts';
import { asTable, KINDS, type Kind, tableBytes } from './table-bytes.ts';
import { type Row, rows } from './table-rows.ts';

const DECODE = { tcp4: decodeTcp4Table, tcp6: decodeTcp6Table, udp4: decodeUdp4Table, udp6: decodeUdp6Table };
const FAMILY = { tcp4: 'ipv4', tcp6: 'ipv6', udp4: 'ipv4', udp6: 'ipv6' } as const satisfies Record<
  Kind,
  AddressFamily
>;
const ADDRESS_BYTES = { ipv4: 4, ipv6: 16 } as const satisfies Record<AddressFamily, number>;

const LISTEN = 2;
const ESTABLISHED = 5;
const LINK_LOCAL = [0xfe, 0x80, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8];
const LAST_LINK_LOCAL = [0xfe, 0xbf, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];
const PEER = [0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x99];

describe('a TCP table', () => {
  test('of IPv4 gives each connection its state, both ends and owner', () => {
    const connection = { state: ESTABLISHED, localAddress: [10, 0, 0, 1], localPort: 49_800, pid: 1234 };
    const table = decodeTcp4Table(
      tableBytes('tcp4', [{ ...connection, remoteAddress: [192, 0, 2, 7], remotePort: 443 }]),
    );
    expect(rows(table)).toEqual([
      {
        state: 'established',
        localAddress: [10, 0, 0, 1],
        localScope: 0,
        localPort: 49_800,
        remoteAddress: [192, 0, 2, 7],
        remoteScope: 0,
        remotePort: 443,
        pid: 1234,
      },
    ]);
  });

  test('of IPv6 gives each connection its state, both ends with their scopes, and owner', () => {
    const local = { localAddress: LINK_LOCAL, localScope: 12, localPort: 5355 };
    const remote = { remoteAddress: LAST_LINK_LOCAL, remoteScope: 13, remotePort: 8443 };
    const table = decodeTcp6Table(tableBytes('tcp6', [{ state: 11, ...local, ...remote, pid: 0 }]));
    expect(rows(table)).toEqual([{ state: 'time_wait', ...local, ...remote, pid: 0 }]);
  });

  test('of IPv6 has no scope beside an address that is not link-local', () => {
    const [row] = rows(
      decodeTcp6Table(
        tableBytes('tcp6', [{ localAddress: PEER, localScope: 4096, remoteAddress: [0xfe, 0xc0], remoteScope: 4096 }]),
      ),
    );
    expect(row).toMatchObject({ localScope: 0, remoteScope: 0 });
  });

  test.each([
    ['tcp4', [9, 9, 9, 9]],
    ['tcp6', PEER],
  ] as const)('of %s shows nothing of what stands at the other end of a listener', (kind, garbage) => {
    const listener = { state: LISTEN, localPort: 80, remoteAddress: garbage, remotePort: 0xbeef_1234, remoteScope: 77 };
    const table = DECODE[kind](tableBytes(kind, [listener]));
    const zeros = Array.from({ length: garbage.length }, () => 0);
    expect(rows(table)).toMatchObject([
      { state: 'listen', localPort: 80, remoteAddress: zeros, remotePort: 0, remoteScope: 0 },
    ]);
  });

  test.each(['tcp4', 'tcp6'] as const)('of %s knows the twelve documented states, and no others', (kind) => {
    const numbers = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 0, 13, 14, 100, 0x8000_0000, 0xffff_ffff];
    const states = numbers.map((state) => ({ state }));
    expect(rows(DECODE[kind](tableBytes(kind, states))).map((row) => row.state)).toEqual([
      'closed',
      'listen',
      'syn_sent',
      'syn_received',
      'established',
      'fin_wait_1',
      'fin_wait_2',
      'close_wait',
      'closing',
      'last_ack',
      'time_wait',
      'delete_tcb',
      ...Array.from({ length: 6 }, () => 'unknown'),
    ]);
  });
});

describe('a UDP table', () => {
  test('of IPv4 gives each endpoint its address, port and owner', () => {
    const endpoint = { localAddress: [127, 0, 0, 1], localPort: 53, pid: 0xfedc_ba98 };
    expect(rows(decodeUdp4Table(tableBytes('udp4', [endpoint])))).toEqual([{ ...endpoint, localScope: 0 }]);
  });

  test('of IPv6 gives each endpoint its address, scope, port and owner', () => {
    const endpoint = { localAddress: LINK_LOCAL, localScope: 3, localPort: 546, pid: 4 };
    expect(rows(decodeUdp6Table(tableBytes('udp6', [endpoint])))).toEqual([endpoint]);
  });
});

describe.each(KINDS)('a %s table', (kind) => {
  test('takes a port from the low 16 bits, whatever stands in the upper ones', () => {
    const endpoint = { state: ESTABLISHED, localPort: 0xdead_1f90, remotePort: 0xffff_01bb };
    const [row] = rows(DECODE[kind](tableBytes(kind, [endpoint])));
    expect(row?.localPort).toBe(8080);
    if (kind.startsWith('tcp')) expect(row?.remotePort).toBe(443);
  });

  test('without rows is an empty table', () => {
    expect(DECODE[kind](tableBytes(kind, []))).toMatchObject({ family: FAMILY[kind], length: 0 });
  });

  test('gives back every row that was written, in order', () => {
    fc.assert(
      fc.property(fc.array(endpointArbitrary(kind), { maxLength: 50 }), (endpoints) => {
        const table = DECODE[kind](tableBytes(kind, endpoints));
        expect(table.length).toBe(endpoints.length);
        expect(rows(table)).toEqual(endpoints.map((endpoint) => seen(kind, endpoint)));
      }),
    );
  });

  test('is the same in the columns of a spent table as in new ones', () => {
    const tables = fc.array(endpointArbitrary(kind), { maxLength: 50 });
    fc.assert(
      fc.property(tables, tables, (before, endpoints) => {
        // Each decoder gets a table of its own kind, which the compiler cannot see here.
        const spent = DECODE[kind](tableBytes(kind, before)) as TcpTable;
        expect(rows(DECODE[kind](tableBytes(kind, endpoints), spent))).toEqual(
          endpoints.map((endpoint) => seen(kind, endpoint)),
        );
      }),
    );
  });

  test('that says it has more rows than were returned is malformed', () => {
    const one = [{ localPort: 1 }];
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 0xffff_ffff }), (rowCount) => {
        expectMalformed(() => DECODE[kind](tableBytes(kind, one, rowCount)), `has ${rowCount} rows`);
      }),
    );
  });

  test('that says it has fewer rows than were returned has those', () => {
    const endpoints = [{ localPort: 1 }, { localPort: 2 }, { localPort: 3 }];
    expect(rows(DECODE[kind](tableBytes(kind, endpoints, 2))).map((row) => row.localPort)).toEqual([1, 2]);
  });

  test('that is cut short anywhere is malformed, though the buffer goes on behind it', () => {
    const { words, byteLength } = tableBytes(kind, [{ localPort: 1 }, { localPort: 2 }]);
    for (let length = 0; length < byteLength; length += 1) {
      const text = length < 4 ? `${length} bytes, too few for a row count` : `only ${length} bytes were returned`;
      expectMalformed(() => DECODE[kind]({ words, byteLength: length }), text);
    }
  });

  test('is not read beyond its buffer when more is said to have been returned', () => {
    const { words, byteLength } = tableBytes(kind, [{ localPort: 1 }], 2);
    expectMalformed(() => DECODE[kind]({ words, byteLength: byteLength * 2 }), 'has 2 rows');
  });

  test('of any bytes at all is decoded or malformed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        // A small count makes the one case in a million that is decoded a common one.
        if (bytes.length >= 4) bytes.set([(bytes[0] ?? 0) % 8, 0, 0, 0]);
        const decoded = attempt(() => DECODE[kind](asTable(bytes)));
        if (decoded instanceof Error) expect(decoded).toMatchObject({ code: 'malformed' });
        else expect(decoded.length).toBe(bytes[0]);
      }),
    );
  });
});

test('a million connections are decoded', () => {
  const length = 1_000_000;
  const words = new Uint32Array(1 + length * 6);
  words[0] = length;
  for (let index = 0; index < length; index += 1) words.set([ESTABLISHED, 0, 0, 0, 0, index], 1 + index * 6);
  const table = decodeTcp4Table({ words, byteLength: words.byteLength });
  expect(table.length).toBe(length);
  expect(table.pid.subarray(0, length).every((pid, index) => pid === index)).toBe(true);
});

function endpointArbitrary(kind: Kind): fc.Arbitrary<Required<Endpoint>> {
  const length = ADDRESS_BYTES[FAMILY[kind]];
  const anyAddress = fc.array(fc.nat(0xff), { minLength: length, maxLength: length });
  const address = fc.oneof(
    anyAddress,
    anyAddress.map((bytes) => [0xfe, 0x80, ...bytes.slice(2)]),
  );
  const word = fc.nat(0xffff_ffff);
  const scope = FAMILY[kind] === 'ipv6' ? word : fc.constant(0);
  return fc.record({
    state: fc.integer({ min: 1, max: 12 }),
    localAddress: address,
    localPort: word,
    localScope: scope,
    remoteAddress: address,
    remotePort: word,
    remoteScope: scope,
    pid: word,
  });
}

/** What a decoder must make of an endpoint with a documented state. */
function seen(kind: Kind, endpoint: Required<Endpoint>): Row {
  const { state, localAddress, localScope, localPort, pid } = endpoint;
  const local = {
    localAddress: [...localAddress],
    localScope: isLinkLocal(localAddress) ? localScope : 0,
    localPort: localPort & 0xffff,
    pid,
  };
  if (kind.startsWith('udp')) return local;
  const listens = state === LISTEN;
  return {
    ...local,
    state: TCP_STATES[state - 1],
    remoteAddress: endpoint.remoteAddress.map((byte) => (listens ? 0 : byte)),
    remoteScope: listens || !isLinkLocal(endpoint.remoteAddress) ? 0 : endpoint.remoteScope,
    remotePort: listens ? 0 : endpoint.remotePort & 0xffff,
  };
}

function isLinkLocal([first = 0, second = 0]: readonly number[]): boolean {
  return first === 0xfe && second >= 0x80 && second < 0xc0;
}

function attempt<T>(run: () => T): T | Error {
  try {
    return run();
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function expectMalformed(run: () => unknown, text: string): void {
  const failure = attempt(run);
  expect(failure).toBeInstanceOf(PartFailure);
  expect(failure).toMatchObject({ code: 'malformed', message: expect.stringContaining(text) });
}
