// World: fixtures. Both families of a protocol, by scripted sock_diag and from files.
import { describe, expect, it } from 'vitest';
import type { PartReport } from '../../../src/model/snapshot.ts';
import type { Protocol } from '../../../src/model/sockets.ts';
import type { SocketDump } from '../../../src/sources/linux/sock-diag.ts';
import { createSocketDump } from '../../../src/sources/linux/sock-diag.ts';
import { readTables } from '../../../src/sources/linux/tables.ts';
import { PartFailure, PartReader } from '../../../src/sources/parts.ts';
import { type DiagRow, diagRow, done, type Script, scriptedSockets } from './netlink-bytes.ts';
import { ProcfsTree } from './procfs-tree.ts';
import { tcpLines } from './readable.ts';

const ROW4 = { state: 10, local: ['127.0.0.1', 1] } as const;
const ROW6 = { state: 10, local: ['::1', 2] } as const;
const MAPPED_ROW = { state: 1, local: ['::ffff:7f00:1', 3], inode: 9 } as const;

const V4 = answer(ROW4);
const V6 = answer(ROW6);
const MAPPED = answer(MAPPED_ROW);
const END = (sequence: number) => done(0, sequence);
const REFUSED = (sequence: number) => done(-2, sequence);
const BROKEN = (sequence: number) => done(-12, sequence);

const V4_LINE = '127.0.0.1:1 -> 0.0.0.0:0 listen no pid';
const V6_LINE = '[::1]:2 -> [::]:0 listen no pid';
const MAPPED_LINE = '127.0.0.1:3 -> 0.0.0.0:0 established unknown pid';

/** The row as TCP's answer, which is one for both families; `ofUdp` makes it one of UDP's, which are two. */
function answer(row: DiagRow) {
  return (sequence: number) => diagRow({ ...row, sequence, ofBoth: true });
}

function ofUdp(row: DiagRow) {
  return (sequence: number) => diagRow({ ...row, sequence });
}

/** Reads the tables of a host, by default of one that has empty ones as files. */
function read(dump: SocketDump | readonly Script[] | string, tree = emptyHost(), protocol: Protocol = 'tcp') {
  const parts = new PartReader();
  const sockets =
    typeof dump === 'string'
      ? { withoutDump: dump }
      : { dump: typeof dump === 'function' ? dump : createSocketDump(scriptedSockets(...dump).openSocket) };
  const tables = readTables(parts, protocol, { directory: `${tree.root}/net`, sockets });
  return {
    ipv4: tables.ipv4 && tcpLines(tables.ipv4),
    ipv6: tables.ipv6 && tcpLines(tables.ipv6),
    bySockDiag: tables.bySockDiag,
    part4: reportText(parts.reports[`${protocol}4`], tree),
    part6: reportText(parts.reports[`${protocol}6`], tree),
  };
}

function emptyHost(): ProcfsTree {
  const tree = new ProcfsTree();
  for (const file of ['tcp', 'tcp6', 'udp', 'udp6'] as const) tree.sockets(file);
  return tree;
}

function reportText(report: PartReport | undefined, tree: ProcfsTree): string {
  if (report === undefined) return 'absent';
  return (report.error?.code ?? report.fallback ?? 'read').replaceAll(tree.root, '/proc');
}

describe('the tables of TCP by sock_diag', () => {
  it('come with one dump, with the IPv4-mapped endpoints in the ipv4 table', () => {
    expect(read([[V6, V4, MAPPED, END]])).toEqual({
      ipv4: [V4_LINE, MAPPED_LINE],
      ipv6: [V6_LINE],
      bySockDiag: true,
      part4: 'read',
      part6: 'read',
    });
  });

  it('fail together', () => {
    expect(read([[V4, MAPPED, V6, BROKEN]])).toEqual({
      ipv4: undefined,
      ipv6: undefined,
      bySockDiag: false,
      part4: 'ENOMEM',
      part6: 'ENOMEM',
    });
  });

  it('are the ipv4 table alone on a host without IPv6', () => {
    const tree = new ProcfsTree();
    tree.sockets('tcp');
    const expected = { ipv4: [V4_LINE], ipv6: undefined, bySockDiag: true, part4: 'read', part6: 'absent' };
    expect(read([[V4, END]], tree)).toEqual(expected);
  });

  it('are empty, and there, on a host that has IPv6 and no sockets', () => {
    expect(read([[END]])).toMatchObject({ ipv4: [], ipv6: [], part6: 'read' });
  });

  it('are there where the kernel tells rows that procfs does not show', () => {
    expect(read([[V6, END]], new ProcfsTree())).toMatchObject({ ipv6: [V6_LINE], part6: 'read' });
  });
});

describe('the tables of UDP by sock_diag', () => {
  const [UDP4, UDP6, UDP_MAPPED] = [ofUdp(ROW4), ofUdp(ROW6), ofUdp(MAPPED_ROW)];
  const readUdp = (...answers: readonly Script[]) => read(answers, emptyHost(), 'udp');

  it('come with two dumps, with the IPv4-mapped endpoints in the ipv4 table', () => {
    expect(readUdp([UDP4, END], [UDP_MAPPED, UDP6, END])).toEqual({
      ipv4: [V4_LINE, MAPPED_LINE],
      ipv6: [V6_LINE],
      bySockDiag: true,
      part4: 'read',
      part6: 'read',
    });
  });

  it('are both absent when IPv6 failed, as the ipv4 table is not complete, and only the part of IPv6 has the error', () => {
    const expected = { ipv4: undefined, ipv6: undefined, part4: 'read', part6: 'ENOMEM' };
    expect(readUdp([UDP4, END], [UDP_MAPPED, BROKEN])).toMatchObject(expected);
  });

  it('are the ipv6 table alone when IPv4 failed', () => {
    const expected = { ipv4: undefined, ipv6: [V6_LINE], part4: 'ENOMEM', part6: 'read' };
    expect(readUdp([UDP4, BROKEN], [UDP_MAPPED, UDP6, END])).toMatchObject(expected);
  });

  it('are the ipv4 table alone where the kernel knows no IPv6', () => {
    const tree = new ProcfsTree();
    tree.sockets('udp');
    const expected = { ipv4: [V4_LINE], ipv6: undefined, bySockDiag: true, part4: 'read', part6: 'absent' };
    expect(read([[UDP4, END], [REFUSED]], tree, 'udp')).toEqual(expected);
  });

  it('come from procfs where the middle of one was refused, with its rows once', () => {
    const tree = emptyHost();
    tree.sockets('udp6', ROW6);
    const tables = read(
      [
        [UDP4, END],
        [UDP6, UDP_MAPPED, REFUSED],
      ],
      tree,
      'udp',
    );
    expect(tables).toMatchObject({ ipv4: [V4_LINE], bySockDiag: false, part4: 'read' });
    expect(tables.ipv6).toHaveLength(1);
    expect(tables.part6).toBe('sock_diag was refused (ENOENT): read /proc/net/udp6 instead');
  });
});

describe('the tables of a protocol where sock_diag is refused', () => {
  it.each(['EPERM', 'EACCES', 'EPROTONOSUPPORT', 'EAFNOSUPPORT'])(
    'with %s come from procfs, and the report says so',
    (code) => {
      const tree = new ProcfsTree();
      tree.sockets('tcp', ROW4);
      tree.sockets('tcp6', ROW6, MAPPED_ROW);
      const refuse = () => {
        throw new PartFailure(code, 'socket for sock_diag');
      };
      expect(read(refuse, tree)).toEqual({
        ipv4: [V4_LINE, MAPPED_LINE],
        ipv6: [V6_LINE],
        bySockDiag: false,
        part4: `sock_diag was refused (${code}): read /proc/net/tcp instead`,
        part6: `sock_diag was refused (${code}): read /proc/net/tcp6 instead`,
      });
    },
  );

  it('in the middle have their rows once, from procfs', () => {
    const tree = emptyHost();
    tree.sockets('tcp', ROW4);
    tree.sockets('tcp6', ROW6);
    expect(read([[V4, V6, MAPPED, REFUSED]], tree)).toEqual({
      ipv4: [V4_LINE],
      ipv6: [V6_LINE],
      bySockDiag: false,
      part4: 'sock_diag was refused (ENOENT): read /proc/net/tcp instead',
      part6: 'sock_diag was refused (ENOENT): read /proc/net/tcp6 instead',
    });
  });

  it('in the middle have nothing left of what sock_diag told', () => {
    const linkLocal = answer({ state: 1, local: ['fe80::1', 2], remote: ['fe80::2', 3], interface: 4 });
    const tree = emptyHost();
    tree.sockets('tcp6', { state: 1, local: ['fe80::1', 2], remote: ['fe80::2', 3] });
    expect(read([[linkLocal, REFUSED]], tree).ipv6).toEqual(['[fe80::1]:2 -> [fe80::2]:3 established no pid']);
  });

  it('are not read from procfs where sock_diag failed in another way', () => {
    expect(read([[BROKEN]])).toMatchObject({ ipv4: undefined, ipv6: undefined, part4: 'ENOMEM' });
  });

  it('of another network come from procfs, and the report says why', () => {
    expect(read('it is another network')).toMatchObject({
      ipv4: [],
      ipv6: [],
      part4: 'it is another network: read /proc/net/tcp instead',
    });
  });

  it('fail where procfs cannot be read, or is malformed', () => {
    const tree = emptyHost();
    tree.remove('net/tcp');
    tree.write('net/tcp6', 'nonsense');
    expect(read('no', tree)).toMatchObject({ ipv4: undefined, ipv6: undefined, part4: 'ENOENT', part6: 'malformed' });
  });

  it('lose the rows of a malformed IPv6 text, mapped ones too', () => {
    const tree = emptyHost();
    tree.sockets('tcp6', { state: 1, local: ['::ffff:7f00:1', 3] });
    tree.write('net/tcp6', `${'  sl  local_address \n'}nonsense`);
    expect(read('no', tree)).toMatchObject({ ipv4: undefined, ipv6: undefined, part6: 'malformed' });
  });
});
