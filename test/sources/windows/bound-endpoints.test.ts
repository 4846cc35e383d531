// World 2 (the ABI stand-in): InternalGetBoundTcpEndpointTable and its IPv6 sibling, and the tables that their rows join.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UNKNOWN_PID } from '../../../src/model/sockets.ts';
import { loadIpHelper } from '../../../src/sources/windows/bindings.ts';
import { tellsBound } from '../../../src/sources/windows/bound-endpoints.ts';
import { MAX_BYTES } from '../../../src/sources/windows/growing-buffer.ts';
import { EVERYTHING } from '../../support/source-options.ts';
import type { Endpoint } from '../../worlds/standin/standin.ts';
import { describeOnStandin, failedParts, openSource, readOnce } from './open-standin.ts';
import { rows } from './table-rows.ts';

const NO_DATA = 232;
const ESTABLISHED = 5;
const LINK_LOCAL = [0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];
const TCP = ['tcp4', 'tcp6'] as const;
const ROW_BYTES = { tcp4: 28, tcp6: 60 };
const FIRST_ROW = 4;

const BOUND: Endpoint = { localPort: 50_001, pid: 77 };
const CONNECTED: Endpoint = { state: ESTABLISHED, localPort: 443, remotePort: 9, pid: 8 };

describeOnStandin('bound endpoints', (standin) => {
  test('stand behind the others of their table, as Windows lays them out', () => {
    standin.table('tcp4', { endpoints: [CONNECTED] });
    standin.table('tcp6', { endpoints: [CONNECTED] });
    standin.table('bound_tcp4', { endpoints: [{ localAddress: [10, 1, 2, 3], localPort: 0xabcd_c351, pid: 77 }] });
    standin.table('bound_tcp6', {
      endpoints: [{ localAddress: LINK_LOCAL, localScope: 7, localPort: 0xffff_01bb, pid: 0xffff_fff0 }],
    });

    const { tables, hasBound, parts } = readOnce(standin.libraries);

    expect(tables.tcp4 && rows(tables.tcp4)).toMatchObject([
      { state: 'established', localPort: 443, pid: 8 },
      { state: 'bound', localAddress: [10, 1, 2, 3], localPort: 50_001, pid: 77, remotePort: 0 },
    ]);
    expect(tables.tcp6 && rows(tables.tcp6)).toMatchObject([
      { state: 'established', localPort: 443, pid: 8 },
      { state: 'bound', localAddress: LINK_LOCAL, localScope: 7, localPort: 443, pid: 0xffff_fff0 },
    ]);
    expect(hasBound).toBe(true);
    expect(parts.tcp_bound).toEqual({ durationMs: expect.any(Number) });
    expect(standin.heap()).toEqual({ openBlocks: 0, misuses: 0 });
  });

  test.each(TCP)('of %s are bound whatever state Windows gives them', (name) => {
    const states = [0, 1, 2, 5, 11, 12, 100, 0xffff_ffff];
    standin.table(`bound_${name}`, { endpoints: states.map((state, index) => ({ state, localPort: index, pid: 1 })) });
    const table = readOnce(standin.libraries).tables[name];
    expect(table && rows(table).map(({ state }) => state)).toEqual(states.map(() => 'bound'));
  });

  test('are read before the tables: one that is connected in between is in both, not in neither', () => {
    readOnce(standin.libraries);
    const turns = (name: 'tcp4' | 'tcp6' | 'bound_tcp4' | 'bound_tcp6') =>
      standin.tableCalls(name).map(({ turn }) => turn);
    const bound = [...turns('bound_tcp4'), ...turns('bound_tcp6')];
    expect(bound).toHaveLength(2);
    expect(Math.max(...bound)).toBeLessThan(Math.min(...turns('tcp4'), ...turns('tcp6')));
  });

  test.each(TCP)('of %s are dropped when their port and owner are in the table already', (name) => {
    standin.table(name, { endpoints: [CONNECTED] });
    standin.table(`bound_${name}`, {
      endpoints: [
        { localPort: 443, pid: 8, localAddress: [9, 9, 9, 9] },
        { localPort: 443, pid: 9 },
        { localPort: 444, pid: 8 },
      ],
    });
    const table = readOnce(standin.libraries).tables[name];
    expect(table && rows(table)).toMatchObject([
      { state: 'established', localPort: 443, pid: 8 },
      { state: 'bound', localPort: 443, pid: 9 },
      { state: 'bound', localPort: 444, pid: 8 },
    ]);
  });

  test('are kept when only the other family has their port and owner', () => {
    standin.table('tcp4', { endpoints: [CONNECTED] });
    standin.table('bound_tcp6', { endpoints: [{ localPort: 443, pid: 8 }] });
    const { tcp4, tcp6 } = readOnce(standin.libraries).tables;
    expect(tcp4 && rows(tcp4)).toMatchObject([{ state: 'established' }]);
    expect(tcp6 && rows(tcp6)).toMatchObject([{ state: 'bound', localPort: 443, pid: 8 }]);
  });

  test('of any host are those that the table lacks, after all that it has', () => {
    const endpoint = fc.record({ localPort: fc.integer({ min: 1, max: 4 }), pid: fc.integer({ min: 1, max: 3 }) });
    fc.assert(
      fc.property(fc.array(endpoint, { maxLength: 8 }), fc.array(endpoint, { maxLength: 8 }), (others, bound) => {
        standin.reset();
        standin.table('tcp6', { endpoints: others.map((other) => ({ ...other, state: ESTABLISHED })) });
        standin.table('bound_tcp6', { endpoints: bound });
        const table = readOnce(standin.libraries).tables.tcp6;
        const isThere = (one: { localPort: number; pid: number }) =>
          others.some(({ localPort, pid }) => localPort === one.localPort && pid === one.pid);
        expect(table && rows(table).map(({ localPort, pid, state }) => ({ localPort, pid, state }))).toEqual([
          ...others.map((other) => ({ ...other, state: 'established' })),
          ...bound.filter((one) => !isThere(one)).map((one) => ({ ...one, state: 'bound' })),
        ]);
      }),
      { numRuns: 50 },
    );
  });

  test('are those of the last read, also in the memory of the read before', () => {
    standin.table('tcp4', { endpoints: [CONNECTED] });
    standin.table('bound_tcp4', { endpoints: [BOUND], copies: 3 }, { endpoints: [] }, { endpoints: [BOUND] });
    const source = openSource(standin.libraries);
    const first = source.read();
    expect(first.tables.tcp4?.length).toBe(4);
    const second = source.read(first);
    expect(second.tables.tcp4 && rows(second.tables.tcp4)).toMatchObject([{ state: 'established' }]);
    const third = source.read(second);
    expect(third.tables.tcp4 && rows(third.tables.tcp4)).toMatchObject([
      { state: 'established' },
      { state: 'bound', localPort: 50_001 },
    ]);
  });

  test('may be many, and more than fit into the columns of the table', () => {
    standin.table('tcp4', { endpoints: [CONNECTED], copies: 100 });
    standin.table('bound_tcp4', { endpoints: [BOUND], copies: 20_000 });
    const table = readOnce(standin.libraries).tables.tcp4;
    expect(table).toMatchObject({ length: 20_100 });
    const last = table && rows(table).at(-1);
    expect(last).toMatchObject({ state: 'bound', localPort: 50_001, pid: 77 + 19_999 });
    expect(table && rows(table)[99]).toMatchObject({ state: 'established', localPort: 443, pid: 8 + 99 });
  });

  test.each([['bound_tcp4'], ['bound_tcp6'], ['bound_tcp4', 'bound_tcp6']] as const)(
    'are none where Windows has no data (232): %s',
    (...names) => {
      for (const name of names) standin.table(name, { code: NO_DATA });
      standin.table('tcp4', { endpoints: [CONNECTED] });
      const { tables, hasBound, parts } = readOnce(standin.libraries);
      expect(hasBound).toBe(true);
      expect(parts.tcp_bound).not.toHaveProperty('error');
      expect(tables.tcp4 && rows(tables.tcp4)).toMatchObject([{ state: 'established' }]);
    },
  );

  test('of IPv6 are there though IPv4 has none', () => {
    standin.table('bound_tcp4', { code: NO_DATA });
    standin.table('bound_tcp6', { endpoints: [BOUND] });
    const { tables, hasBound } = readOnce(standin.libraries);
    expect(hasBound).toBe(true);
    expect(tables.tcp6 && rows(tables.tcp6)).toMatchObject([{ state: 'bound' }]);
  });

  test('may be in a block as large as the limit', () => {
    standin.table('bound_tcp4', { endpoints: [BOUND], sizeBytes: MAX_BYTES });
    const { tables, hasBound } = readOnce(standin.libraries);
    expect(hasBound).toBe(true);
    expect(tables.tcp4?.length).toBe(1);
  });

  test('of IPv6 are none where Windows does not support the family (50)', () => {
    for (const name of ['tcp6', 'bound_tcp6'] as const) standin.table(name, { code: 50 });
    standin.table('bound_tcp4', { endpoints: [BOUND] });
    const { tables, hasBound, parts } = readOnce(standin.libraries);
    expect(hasBound).toBe(true);
    expect(parts.tcp_bound).not.toHaveProperty('error');
    expect(tables.tcp4 && rows(tables.tcp4)).toMatchObject([{ state: 'bound' }]);
    expect(tables).not.toHaveProperty('tcp6');
  });

  test('are not counted a second time where the owners of the table are unknown', () => {
    standin.table('tcp4', { code: 5 });
    standin.table('plain_tcp4', { endpoints: [CONNECTED] });
    standin.table('bound_tcp4', { endpoints: [BOUND, { localPort: 443, pid: 8 }] });
    const { tcp4 } = readOnce(standin.libraries).tables;
    expect(tcp4 && rows(tcp4)).toMatchObject([
      { state: 'established', localPort: 443, pid: UNKNOWN_PID },
      { state: 'bound', localPort: 50_001, pid: 77 },
    ]);
  });

  test('are not asked for when nobody wants tables', () => {
    const { parts, hasBound } = readOnce(standin.libraries, { ...EVERYTHING, tables: false });
    expect(parts).not.toHaveProperty('tcp_bound');
    expect(hasBound).toBe(false);
    expect(standin.tableCalls('bound_tcp4')).toEqual([]);
  });
});

describeOnStandin('bound endpoints that cannot be read leave the tables unharmed, and no memory behind', (standin) => {
  function expectFailure(code: string, message: RegExp): void {
    for (const name of TCP) standin.table(name, { endpoints: [CONNECTED] });
    const snapshot = readOnce(standin.libraries);
    expect(failedParts(snapshot)).toEqual({ tcp_bound: code });
    expect(snapshot.parts.tcp_bound?.error?.message).toMatch(message);
    expect(snapshot.hasBound).toBe(false);
    const { tcp4, tcp6 } = snapshot.tables;
    for (const table of [tcp4, tcp6]) expect(table && rows(table)).toMatchObject([{ state: 'established' }]);
    expect(standin.heap()).toEqual({ openBlocks: 0, misuses: 0 });
  }

  test.each([
    ['tcp4', 5, /^InternalGetBoundTcpEndpointTable\b.* failed: 5 \(Access is denied\.\)/],
    ['tcp6', 5, /^InternalGetBoundTcp6EndpointTable\b.* failed: 5 \(Access is denied\.\)/],
    ['tcp4', 50, /^InternalGetBoundTcpEndpointTable\b.* failed: 50 /],
    ['tcp6', 87, /^InternalGetBoundTcp6EndpointTable\b.* failed: 87 /],
  ] as const)('when the call for %s fails with %i', (name, code, message) => {
    standin.text(5, 'Access is denied.\r\n');
    for (const other of TCP) standin.table(`bound_${other}`, other === name ? { code } : { endpoints: [BOUND] });
    expectFailure(String(code), message);
  });

  test.each(
    TCP.flatMap(
      (name) =>
        [
          [name, 'one row more than the block holds', { endpoints: [BOUND, BOUND], rowCount: 3 }],
          [name, 'four thousand million rows', { endpoints: [BOUND], rowCount: 0xffff_ffff }],
          [
            name,
            'a row in a block that ends inside it',
            { endpoints: [BOUND], sizeBytes: FIRST_ROW + ROW_BYTES[name] - 1 },
          ],
          [name, 'anything in a block of three bytes', { endpoints: [], sizeBytes: 3 }],
        ] as const,
    ),
  )('when the table of %s tells of %s', (name, _, answer) => {
    for (const other of TCP) standin.table(`bound_${other}`, other === name ? answer : { endpoints: [BOUND] });
    expectFailure('malformed', /./);
  });

  test.each(TCP)('when Windows says that it gave the table of %s, and gave none', (name) => {
    standin.table(`bound_${name}`, { manner: 'gives null' });
    expectFailure('malformed', /InternalGetBound/);
  });

  test('when the heap does not tell the size of its block', () => {
    standin.heapFailures({ hasNoSizes: true });
    for (const name of TCP) standin.table(`bound_${name}`, { endpoints: [BOUND] });
    expectFailure('malformed', /^HeapSize does not know the table of InternalGetBoundTcpEndpointTable$/);
  });

  test('when the block is larger than the limit', () => {
    standin.table('bound_tcp4', { endpoints: [BOUND], sizeBytes: MAX_BYTES + 1 });
    expectFailure(
      'malformed',
      /^InternalGetBoundTcpEndpointTable gave a table of 67108865 bytes, the limit is 67108864$/,
    );
  });

  test('when the process has no heap: nobody is asked to allocate from it', () => {
    standin.heapFailures({ hasNoHeap: true });
    for (const name of TCP) standin.table(`bound_${name}`, { endpoints: [BOUND] });
    for (const name of TCP) standin.table(name, { endpoints: [CONNECTED] });
    const snapshot = readOnce(standin.libraries);
    expect(Object.keys(failedParts(snapshot))).toEqual(['tcp_bound']);
    expect(standin.tableCalls('bound_tcp4')).toEqual([]);
    expect(snapshot.hasBound).toBe(false);
  });

  test('and a block with room beyond its rows is fine, in read after read', () => {
    standin.table('bound_tcp4', { endpoints: [BOUND], sizeBytes: 1023 });
    standin.table('bound_tcp6', { endpoints: [BOUND], sizeBytes: FIRST_ROW + 2 * ROW_BYTES.tcp6 });
    const source = openSource(standin.libraries);
    for (let read = 0; read < 20; read += 1) {
      const { tables, hasBound } = source.read();
      expect([hasBound, tables.tcp4?.length, tables.tcp6?.length]).toEqual([true, 1, 1]);
    }
    expect(standin.heap()).toEqual({ openBlocks: 0, misuses: 0 });
  });
});

describe('a Windows that has only one of the two functions', () => {
  test.each(['getBoundTcpTable', 'getBoundTcp6Table'] as const)('is taken for one that has none: %s', (name) => {
    const ipHelper = { ...loadIpHelper('/nowhere/absent.dll'), [name]: () => 0 };
    expect(tellsBound({ ipHelper })).toBe(false);
  });
});

describeOnStandin(
  'where Windows does not tell bound endpoints',
  (standin) => {
    test('the part is absent, and the tables say that they have none', () => {
      standin.table('tcp4', { endpoints: [CONNECTED] });
      const { tables, hasBound, parts } = readOnce(standin.libraries);
      expect(parts).not.toHaveProperty('tcp_bound');
      expect(hasBound).toBe(false);
      expect(tables.tcp4?.length).toBe(1);
    });
  },
  'older',
);
