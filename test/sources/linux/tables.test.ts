// World: fixtures. Both families of a protocol, by scripted sock_diag and from files.
import { describe, expect, it } from 'vitest';
import type { PartReport } from '../../../src/model/snapshot.ts';
import type { SocketDump } from '../../../src/sources/linux/sock-diag.ts';
import { createSocketDump } from '../../../src/sources/linux/sock-diag.ts';
import { readTables } from '../../../src/sources/linux/tables.ts';
import { PartFailure, PartReader } from '../../../src/sources/parts.ts';
import { diagRow, done, type Script, scriptedSockets } from './netlink-bytes.ts';
import { ProcfsTree } from './procfs-tree.ts';
import { tcpLines } from './readable.ts';

const V4 = (sequence: number) => diagRow({ state: 10, local: ['127.0.0.1', 1], sequence });
const V6 = (sequence: number) => diagRow({ state: 10, local: ['::1', 2], sequence });
const MAPPED = (sequence: number) => diagRow({ state: 1, local: ['::ffff:7f00:1', 3], inode: 9, sequence });
const END = (sequence: number) => done(0, sequence);
const REFUSED = (sequence: number) => done(-2, sequence);
const BROKEN = (sequence: number) => done(-12, sequence);

const V4_LINE = '127.0.0.1:1 -> 0.0.0.0:0 listen no pid';
const V6_LINE = '[::1]:2 -> [::]:0 listen no pid';
const MAPPED_LINE = '127.0.0.1:3 -> 0.0.0.0:0 established unknown pid';

/** Reads the TCP tables of a host, by default of one that has empty ones as files. */
function read(dump: SocketDump | readonly Script[] | string, tree = emptyHost()) {
  const parts = new PartReader();
  const sockets =
    typeof dump === 'string'
      ? { withoutDump: dump }
      : { dump: typeof dump === 'function' ? dump : createSocketDump(scriptedSockets(...dump).openSocket) };
  const tables = readTables(parts, 'tcp', { directory: `${tree.root}/net`, sockets });
  return {
    ipv4: tables.ipv4 && tcpLines(tables.ipv4),
    ipv6: tables.ipv6 && tcpLines(tables.ipv6),
    bySockDiag: tables.bySockDiag,
    tcp4: reportText(parts.reports.tcp4, tree),
    tcp6: reportText(parts.reports.tcp6, tree),
  };
}

function emptyHost(): ProcfsTree {
  const tree = new ProcfsTree();
  tree.sockets('tcp');
  tree.sockets('tcp6');
  return tree;
}

function reportText(report: PartReport | undefined, tree: ProcfsTree): string {
  if (report === undefined) return 'absent';
  return (report.error?.code ?? report.fallback ?? 'read').replaceAll(tree.root, '/proc');
}

describe('the tables of a protocol by sock_diag', () => {
  it('have the IPv4-mapped endpoints in the ipv4 table', () => {
    expect(
      read([
        [V4, END],
        [MAPPED, V6, END],
      ]),
    ).toEqual({
      ipv4: [V4_LINE, MAPPED_LINE],
      ipv6: [V6_LINE],
      bySockDiag: true,
      tcp4: 'read',
      tcp6: 'read',
    });
  });

  it('are both absent when IPv6 failed, as the ipv4 table is not complete, and only the part of IPv6 has the error', () => {
    expect(
      read([
        [V4, END],
        [MAPPED, BROKEN],
      ]),
    ).toMatchObject({
      ipv4: undefined,
      ipv6: undefined,
      tcp4: 'read',
      tcp6: 'ENOMEM',
    });
  });

  it('are the ipv6 table alone when IPv4 failed', () => {
    expect(
      read([
        [V4, BROKEN],
        [MAPPED, V6, END],
      ]),
    ).toMatchObject({
      ipv4: undefined,
      ipv6: [V6_LINE],
      tcp4: 'ENOMEM',
      tcp6: 'read',
    });
  });

  it('are the ipv4 table alone on a host without IPv6', () => {
    const tree = new ProcfsTree();
    tree.sockets('tcp');
    const expected = { ipv4: [V4_LINE], ipv6: undefined, bySockDiag: true, tcp4: 'read', tcp6: 'absent' };
    expect(read([[V4, END], [END]], tree)).toEqual(expected);
    expect(read([[V4, END], [REFUSED]], tree)).toEqual(expected);
  });

  it('are empty, and there, on a host that has IPv6 and no sockets', () => {
    expect(read([[END], [END]])).toMatchObject({ ipv4: [], ipv6: [], tcp6: 'read' });
  });

  it('are there where the kernel tells rows that procfs does not show', () => {
    expect(read([[END], [V6, END]], new ProcfsTree())).toMatchObject({ ipv6: [V6_LINE], tcp6: 'read' });
  });
});

describe('the tables of a protocol where sock_diag is refused', () => {
  it.each(['EPERM', 'EACCES', 'EPROTONOSUPPORT', 'EAFNOSUPPORT'])(
    'with %s come from procfs, and the report says so',
    (code) => {
      const tree = new ProcfsTree();
      tree.sockets('tcp', { state: 10, local: ['127.0.0.1', 1] });
      tree.sockets('tcp6', { state: 10, local: ['::1', 2] }, { state: 1, local: ['::ffff:7f00:1', 3], inode: 9 });
      const refuse = () => {
        throw new PartFailure(code, 'socket for sock_diag');
      };
      expect(read(refuse, tree)).toEqual({
        ipv4: [V4_LINE, MAPPED_LINE],
        ipv6: [V6_LINE],
        bySockDiag: false,
        tcp4: `sock_diag was refused (${code}): read /proc/net/tcp instead`,
        tcp6: `sock_diag was refused (${code}): read /proc/net/tcp6 instead`,
      });
    },
  );

  it('in the middle of one have its rows once, from procfs', () => {
    const tree = emptyHost();
    tree.sockets('tcp6', { state: 10, local: ['::1', 2] });
    const tables = read(
      [
        [V4, END],
        [V6, MAPPED, REFUSED],
      ],
      tree,
    );
    expect(tables).toMatchObject({ ipv4: [V4_LINE], ipv6: [V6_LINE], bySockDiag: false, tcp4: 'read' });
    expect(tables.tcp6).toBe('sock_diag was refused (ENOENT): read /proc/net/tcp6 instead');
  });

  it('in the middle of one have nothing left of what sock_diag told', () => {
    const linkLocal = (sequence: number) =>
      diagRow({ state: 1, local: ['fe80::1', 2], remote: ['fe80::2', 3], interface: 4, sequence });
    const tree = emptyHost();
    tree.sockets('tcp6', { state: 1, local: ['fe80::1', 2], remote: ['fe80::2', 3] });
    expect(read([[END], [linkLocal, REFUSED]], tree).ipv6).toEqual(['[fe80::1]:2 -> [fe80::2]:3 established no pid']);
  });

  it('are not read from procfs where sock_diag failed in another way', () => {
    expect(read([[BROKEN], [BROKEN]])).toMatchObject({ ipv4: undefined, ipv6: undefined, tcp4: 'ENOMEM' });
  });

  it('of another network come from procfs, and the report says why', () => {
    expect(read('it is another network')).toMatchObject({
      ipv4: [],
      ipv6: [],
      tcp4: 'it is another network: read /proc/net/tcp instead',
    });
  });

  it('fail where procfs cannot be read, or is malformed', () => {
    const tree = emptyHost();
    tree.remove('net/tcp');
    tree.write('net/tcp6', 'nonsense');
    expect(read('no', tree)).toMatchObject({ ipv4: undefined, ipv6: undefined, tcp4: 'ENOENT', tcp6: 'malformed' });
  });

  it('lose the rows of a malformed IPv6 text, mapped ones too', () => {
    const tree = emptyHost();
    tree.sockets('tcp6', { state: 1, local: ['::ffff:7f00:1', 3] });
    tree.write('net/tcp6', `${'  sl  local_address \n'}nonsense`);
    expect(read('no', tree)).toMatchObject({ ipv4: undefined, ipv6: undefined, tcp6: 'malformed' });
  });
});
