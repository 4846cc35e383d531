// World: fixtures. What tells one socket from a later one between the same ends: its inode, whichever way it was read.
import { describe, expect, it } from 'vitest';
import type { TcpTable } from '../../../src/model/sockets.ts';
import type { Network } from '../../../src/sources/linux/network.ts';
import { createSocketDump } from '../../../src/sources/linux/sock-diag.ts';
import { openLinuxSource } from '../../../src/sources/linux/source.ts';
import { readTables } from '../../../src/sources/linux/tables.ts';
import { PartReader } from '../../../src/sources/parts.ts';
import { NOTHING } from '../../support/source-options.ts';
import { diagRow, done, scriptedSockets } from './netlink-bytes.ts';
import { ProcfsTree, type SocketLine } from './procfs-tree.ts';

const LISTENER: SocketLine = { state: 10, local: ['10.0.0.1', 80], inode: 501 };
const TIME_WAIT: SocketLine = { state: 6, local: ['10.0.0.1', 80], remote: ['10.0.0.9', 1] };
const MAPPED: SocketLine = { state: 1, local: ['::ffff:a00:1', 80], remote: ['::ffff:a00:9', 2], inode: 4_294_967_295 };
const IPV6: SocketLine = { state: 8, local: ['::1', 80], remote: ['::1', 3], inode: 503 };

const TABLES = { ipv4: [LISTENER, TIME_WAIT], ipv6: [MAPPED, IPV6] } as const;
/** A mapped endpoint comes to the ipv4 table, behind those that were there. */
const IDS = { ipv4: [501, 0, 4_294_967_295], ipv6: [503] } as const;

function ids(table: TcpTable | undefined): number[] | undefined {
  return table?.socketId && [...table.socketId.subarray(0, table.length)];
}

function hostWith(tcp: readonly SocketLine[], tcp6: readonly SocketLine[] = []): ProcfsTree {
  const tree = new ProcfsTree();
  tree.sockets('tcp', ...tcp);
  tree.sockets('tcp6', ...tcp6);
  tree.sockets('udp', { state: 7, local: ['10.0.0.1', 53], inode: 601 });
  tree.sockets('udp6');
  return tree;
}

function open(tree: ProcfsTree) {
  return openLinuxSource({ ...NOTHING, tables: true }, { procfsRoot: tree.root });
}

describe('the id of a TCP socket', () => {
  it('is its inode by sock_diag, 0 where it has none, and moves along with an IPv4-mapped one', () => {
    const answers = [...[...TABLES.ipv4, ...TABLES.ipv6].map((line) => diagRow({ ...line, ofBoth: true })), done()];
    const network: Network = {
      directory: hostWith([], []).root,
      sockets: { dump: createSocketDump(scriptedSockets(answers).openSocket) },
    };
    const { ipv4, ipv6 } = readTables(new PartReader(), 'tcp', network);
    expect({ ipv4: ids(ipv4?.toTcpTable()), ipv6: ids(ipv6?.toTcpTable()) }).toEqual(IDS);
  });

  it('is the same from procfs', () => {
    const { tcp4, tcp6 } = open(hostWith(TABLES.ipv4, TABLES.ipv6)).read().tables;
    expect({ ipv4: ids(tcp4), ipv6: ids(tcp6) }).toEqual(IDS);
  });

  it('is of the new rows where the memory of the spent snapshot is used again', () => {
    const tree = hostWith(TABLES.ipv4, TABLES.ipv6);
    const source = open(tree);
    const first = source.read();
    tree.sockets('tcp', TIME_WAIT, { ...LISTENER, inode: 701 });
    tree.sockets('tcp6', { ...MAPPED, inode: 702 });
    const { tcp4, tcp6 } = source.read(first).tables;
    expect({ ipv4: ids(tcp4), ipv6: ids(tcp6) }).toEqual({ ipv4: [0, 701, 702], ipv6: [] });
    expect(tcp4?.socketId).toBe(first.tables.tcp4?.socketId);
  });

  it('is not told of UDP', () => {
    expect(open(hostWith([])).read().tables.udp4).not.toHaveProperty('socketId');
  });
});
