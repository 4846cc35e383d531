// World: fixtures. The text of net/tcp, tcp6, udp and udp6.
import { endianness } from 'node:os';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AddressFamily } from '../../../src/model/sockets.ts';
import { parseProcfsSockets } from '../../../src/sources/linux/procfs-sockets.ts';
import { createRows, type RowsByFamily } from '../../../src/sources/linux/socket-rows.ts';
import { PartFailure } from '../../../src/sources/parts.ts';
import { HEADER, socketLine } from './procfs-tree.ts';
import { tcpLines, udpLines } from './readable.ts';

function parse(text: string | Uint8Array, family: AddressFamily = 'ipv4', rows = createRows()): RowsByFamily {
  parseProcfsSockets('/proc/net/tcp', typeof text === 'string' ? Buffer.from(text) : text, family, rows);
  return rows;
}

describe('the text of a table', () => {
  it.runIf(endianness() === 'LE')('as an x86 kernel prints it gives its rows', () => {
    const { ipv4 } =
      parse(`  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode                                                     
   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 31684 1 00000000a4e44253 100 0 0 10 0                     
   1: 0302010A:0016 0907A8C0:C350 01 00000024:00000000 01:00000015 00000000     0        0 4294967295 4 00000000a4e44253 20 4 30 10 -1
 12345: 0302010A:0016 0907A8C0:C351 06 00000000:00000000 03:00000E5B 00000000     0        0 0 3 0000000000000000
`);
    expect(tcpLines(ipv4)).toEqual([
      '127.0.0.1:8080 -> 0.0.0.0:0 listen unknown pid',
      '10.1.2.3:22 -> 192.168.7.9:50000 established unknown pid',
      '10.1.2.3:22 -> 192.168.7.9:50001 time_wait no pid',
    ]);
    expect([...ipv4.inode.subarray(0, 3)]).toEqual([31_684, 4_294_967_295, 0]);
  });

  it.runIf(endianness() === 'LE')('of UDP over IPv6 as an x86 kernel prints it gives its rows', () => {
    const { ipv4, ipv6 } = parse(
      `  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
 1001: 00000000000000000000000001000000:0035 00000000000000000000000000000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 77 2 0000000000000000 0
 1002: 0000000000000000FFFF00000100007F:0036 00000000000000000000000000000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 78 2 0000000000000000 0
`,
      'ipv6',
    );
    expect(udpLines(ipv6)).toEqual(['[::1]:53 unknown pid']);
    expect(udpLines(ipv4)).toEqual(['127.0.0.1:54 unknown pid']);
  });

  it('of a header alone is an empty table', () => {
    expect(parse(HEADER).ipv4.length).toBe(0);
  });

  it('gives each row as it was', () => {
    const endpoints = fc.tuple(fc.ipV4(), fc.nat(65_535));
    fc.assert(
      fc.property(fc.array(fc.tuple(endpoints, endpoints, fc.nat(0xffff_ffff))), (given) => {
        const lines = given.map(([local, remote, inode]) => socketLine({ state: 1, local, remote, inode }));
        const { ipv4 } = parse(HEADER + lines.join(''));
        const ends = tcpLines(ipv4).map((line) => line.split(' ').slice(0, 3).join(' '));
        expect(ends).toEqual(given.map(([local, remote]) => `${local.join(':')} -> ${remote.join(':')}`));
        expect([...ipv4.inode.subarray(0, given.length)]).toEqual(given.map(([, , inode]) => inode));
      }),
    );
  });

  it('of 100,000 lines gives 100,000 rows', () => {
    const lines = Array.from({ length: 100_000 }, (_, row) =>
      socketLine({ state: 1, local: ['127.0.0.1', row & 0xffff], remote: ['127.0.0.2', 80], inode: row + 1 }),
    );
    const { ipv4 } = parse(HEADER + lines.join(''));
    expect(ipv4.length).toBe(100_000);
    expect(ipv4.inode[99_999]).toBe(100_000);
  });
});

describe('a text that is none', () => {
  const good = socketLine({ state: 1, local: ['127.0.0.1', 1], remote: ['127.0.0.1', 2], inode: 3 });

  it.each([
    ['nothing', '', 1],
    ['a line in place of the header', good, 1],
    ['a line of words', `${HEADER}${good}what is this\n`, 3],
    ['an address with a wrong digit', `${HEADER}${good.replace('0:', '0: G')}`, 2],
    ['an address of the other family', HEADER + socketLine({ state: 1, local: ['::1', 1], remote: ['::1', 2] }), 2],
    ['a line that ends early', HEADER + good.slice(0, 60), 2],
    ['a line without an inode', HEADER + good.replace(/ 3 1 .*/, ''), 2],
    ['a line that ends where the inode should be', HEADER + good.replace(/ 3 1 .*/, ' '), 2],
    ['an inode that is no number', HEADER + good.replace(' 3 1 ', ' 3x 1 '), 2],
    ['an inode beyond 32 bits', HEADER + good.replace(' 3 1 ', ' 4294967296 1 '), 2],
    ['an empty line', `${HEADER}\n${good}`, 2],
  ])('for %s is malformed and quotes the line', (_, text, line) => {
    expect(() => parse(text)).toThrow(`/proc/net/tcp: line ${line} cannot be read: "`);
  });

  it('is quoted only in part, and with its control characters escaped', () => {
    const attempt = () => parse(`${HEADER}\u001b[31m${'x'.repeat(100_000)}`);
    expect(attempt).toThrow('\\u001b[31mxxx');
    expect(attempt).toThrow(/^.{100,250}$/);
  });

  it('of any bytes ends: with rows that fit the bytes, or a clear failure', () => {
    const changes = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 5 });
    fc.assert(
      fc.property(fc.nat(4), changes, fc.nat(200), fc.uint8Array(), (count, wrong, cut, tail) => {
        const bytes = Buffer.concat([Buffer.from(HEADER + good.repeat(count)), tail]);
        for (const [at, value] of wrong) bytes[at % bytes.length] = value;
        const text = bytes.subarray(0, Math.max(0, bytes.length - cut));
        const rows = createRows();
        try {
          parse(text, 'ipv4', rows);
        } catch (error) {
          expect(error).toBeInstanceOf(PartFailure);
        }
        expect(rows.ipv4.length).toBeLessThanOrEqual(text.length / 30 + 1);
      }),
      { numRuns: 1000 },
    );
  });
});
