// World: fixtures, and a Linux host for the namespace of the test itself. Which network a procfs root stands for.
import { readlinkSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { chooseNetwork } from '../../../src/sources/linux/network.ts';
import { ProcfsTree } from './procfs-tree.ts';

const dump = () => undefined;

describe('the network of a procfs root', () => {
  it.each(['/proc', '/proc/'])('is for %s that of this process, by sock_diag', (root) => {
    expect(chooseNetwork(root, dump)).toEqual({ directory: '/proc/net', sockets: { dump } });
  });

  it('is for another root that of its process 1', () => {
    const tree = new ProcfsTree();
    tree.write('1/net/tcp', '');
    tree.write('net/tcp', '');
    expect(chooseNetwork(tree.root, dump).directory).toBe(`${tree.root}/1/net`);
  });

  it('is for another root without a process 1 its own', () => {
    const tree = new ProcfsTree();
    tree.write('net/tcp', '');
    expect(chooseNetwork(tree.root, dump)).toEqual({
      directory: `${tree.root}/net`,
      sockets: { withoutDump: `the network namespace of ${tree.root} cannot be read` },
    });
  });

  it.runIf(process.platform === 'linux')('is read by sock_diag if it is in the namespace of this process', () => {
    const tree = new ProcfsTree();
    tree.link('1/ns/net', readlinkSync('/proc/self/ns/net'));
    expect(chooseNetwork(tree.root, dump).sockets).toEqual({ dump });
  });

  it('is not read by sock_diag if it is in another namespace', () => {
    const tree = new ProcfsTree();
    tree.link('1/ns/net', 'net:[1]');
    expect(chooseNetwork(tree.root, dump).sockets).toEqual({
      withoutDump: `${tree.root} is of another network namespace`,
    });
  });
});
