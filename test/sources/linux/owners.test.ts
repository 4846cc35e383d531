// World: fixtures. Owners of sockets, in a /proc of the test's own that changes from one collection to the next.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { CHECK_AFTER_MS, LOOK_AGAIN_AFTER_MS, LOOK_LIMIT_MS, SocketOwners } from '../../../src/sources/linux/owners.ts';
import { SocketRows } from '../../../src/sources/linux/socket-rows.ts';
import { ProcfsTree } from './procfs-tree.ts';
import { udpLines } from './readable.ts';

/** One host in its changes: its files, its clock, and what is known of it so far. */
class Host {
  readonly tree = new ProcfsTree();
  readonly #owners = new SocketOwners(this.tree.root);
  nowMs = 1_000_000;
  /** By how much the clock goes on each time that it is asked. */
  stepMs = 0;
  /** What happens when the clock is asked, which is before a look into the processes. */
  onClock: () => void = () => undefined;

  constructor() {
    vi.spyOn(performance, 'now').mockImplementation(() => {
      this.nowMs += this.stepMs;
      this.onClock();
      return this.nowMs;
    });
  }

  /** The owner of each inode, after one collection with these inodes in the tables. */
  owners(...inodes: readonly number[]): string[] {
    const table = new SocketRows('ipv4');
    for (const inode of inodes) {
      const row = table.append();
      table.setSocket(row, 0, inode);
    }
    this.#owners.attribute([table]);
    return udpLines(table).map((line) => line.replace(/^\S+ /, ''));
  }
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('the owner of an endpoint', () => {
  it('is the process that has its socket open', () => {
    const host = new Host();
    host.tree.process(20, { startTime: 1, descriptors: { 0: '/dev/null', 3: 501, 4: 'pipe:[502]' } });
    host.tree.process(30, { startTime: 2, descriptors: { 9: 503, 10: 504 } });
    expect(host.owners(501, 502, 503, 504)).toEqual(['pid 20', 'unknown pid', 'pid 30', 'pid 30']);
  });

  it('is nobody where there is no inode', () => {
    expect(new Host().owners(0)).toEqual(['no pid']);
  });

  it('is unknown where no process can be looked into', () => {
    const host = new Host();
    host.tree.process(20, { startTime: 1 });
    host.tree.remove('20/fd');
    host.tree.write('self', 'is not a process');
    host.tree.write('30/stat', 'garbage');
    expect(host.owners(501)).toEqual(['unknown pid']);
  });

  it('is the oldest of several holders, the lowest pid among equals', () => {
    const host = new Host();
    host.tree.process(40, { startTime: 5, descriptors: { 3: 501, 4: 502 } });
    host.tree.process(20, { startTime: 9, descriptors: { 3: 501 } });
    host.tree.process(30, { startTime: 5, descriptors: { 3: 502 } });
    expect(host.owners(501, 502)).toEqual(['pid 40', 'pid 30']);
  });

  it('is process 1 only if nobody else holds the socket', () => {
    const host = new Host();
    host.tree.process(1, { startTime: 0, descriptors: { 3: 501, 4: 502 } });
    host.tree.process(20, { startTime: 9, descriptors: { 3: 501 } });
    expect(host.owners(501, 502)).toEqual(['pid 20', 'pid 1']);
  });

  it('cannot be found where the processes cannot be listed', () => {
    const host = new Host();
    host.tree.remove('.');
    expect(() => host.owners(501)).toThrow('ENOENT');
  });
});

describe('from one collection to the next', () => {
  it('an owner is remembered, without looking into the process again', () => {
    const host = new Host();
    host.tree.process(20, { startTime: 1, descriptors: { 3: 501 } });
    host.owners(501);
    host.tree.remove('20/fd');
    expect(host.owners(501)).toEqual(['pid 20']);
  });

  it('a new socket of a known process is found at once, also in the place of one that was closed', () => {
    const host = new Host();
    host.tree.process(20, { startTime: 1, descriptors: { 3: 501, 4: 502 } });
    host.owners(501, 502);
    host.tree.descriptor(20, 3, 601);
    host.tree.descriptor(20, 12, 602);
    expect(host.owners(502, 601, 602)).toEqual(['pid 20', 'pid 20', 'pid 20']);
  });

  it('a process that ended owns nothing any more', () => {
    const host = new Host();
    host.tree.process(20, { startTime: 1, descriptors: { 3: 501 } });
    host.owners(501);
    host.tree.remove('20');
    expect(host.owners(501)).toEqual(['unknown pid']);
  });

  it('another process with the same pid does not own what the first one owned', () => {
    const host = new Host();
    host.tree.process(20, { startTime: 1, descriptors: { 3: 501 } });
    host.owners(501);
    host.tree.process(20, { startTime: 2, descriptors: { 3: 777 } });
    expect(host.owners(501)).toEqual(['unknown pid']);
  });

  it('another process with the same pid that comes while owners are looked for does not own it either', () => {
    const host = new Host();
    host.tree.process(20, { startTime: 1, descriptors: { 3: 501 } });
    host.owners(501);
    host.onClock = () => {
      host.onClock = () => undefined;
      host.tree.process(20, { startTime: 2, descriptors: { 3: 601 } });
    };
    expect(host.owners(501, 601)).toEqual(['unknown pid', 'pid 20']);
  });

  it('a link that is longer than any to a socket is to none, and the others are read all the same', () => {
    const host = new Host();
    const long = `socket:[${'1'.repeat(100)}]`;
    host.tree.process(20, { startTime: 1, descriptors: { 3: long, 4: `/tmp/${'x'.repeat(200)}`, 12345: 501 } });
    expect(host.owners(501)).toEqual(['pid 20']);
  });

  it('when the oldest holder ends the next one owns the socket', () => {
    const host = new Host();
    host.tree.process(20, { startTime: 1, descriptors: { 3: 501 } });
    host.tree.process(30, { startTime: 2, descriptors: { 3: 501 } });
    expect(host.owners(501)).toEqual(['pid 20']);
    host.tree.remove('20');
    expect(host.owners(501)).toEqual(['pid 30']);
  });

  it('an inode that left the tables and came back belongs to who holds it then', () => {
    const host = new Host();
    host.tree.process(20, { startTime: 1, descriptors: { 3: 501 } });
    host.tree.process(30, { startTime: 2 });
    host.owners(501);
    host.tree.descriptor(20, 3, '/dev/null');
    host.owners();
    host.tree.descriptor(30, 3, 501);
    expect(host.owners(501)).toEqual(['pid 30']);
  });

  it('an inode that nobody explained is looked for again only after a minute', () => {
    const host = new Host();
    host.tree.process(20, { startTime: 1 });
    expect(host.owners(501)).toEqual(['unknown pid']);
    host.tree.descriptor(20, 3, 501);
    host.nowMs += LOOK_AGAIN_AFTER_MS - 1;
    expect(host.owners(501)).toEqual(['unknown pid']);
    host.nowMs += 1;
    expect(host.owners(501)).toEqual(['pid 20']);
  });

  it('an inode that came back is looked for at once, though it was looked for in vain before it left', () => {
    const host = new Host();
    host.tree.process(20, { startTime: 1 });
    host.owners(501);
    host.owners();
    host.tree.descriptor(20, 3, 501);
    expect(host.owners(501)).toEqual(['pid 20']);
  });

  it('a holder that closed its copy owns the socket until all is checked, after five minutes', () => {
    const host = new Host();
    host.tree.process(20, { startTime: 1, descriptors: { 3: 501 } });
    host.tree.process(30, { startTime: 2, descriptors: { 3: 501 } });
    host.owners(501);
    host.tree.descriptor(20, 3, '/dev/null');
    host.nowMs += CHECK_AFTER_MS - 1;
    expect(host.owners(501)).toEqual(['pid 20']);
    host.nowMs += 1;
    expect(host.owners(501)).toEqual(['pid 30']);
  });

  it('a descriptor that was closed is forgotten whenever the process is looked into', () => {
    const host = new Host();
    host.tree.process(20, { startTime: 1, descriptors: { 3: 501 } });
    host.tree.process(30, { startTime: 2, descriptors: { 3: 501 } });
    host.owners(501);
    host.tree.remove('20/fd/3');
    host.tree.descriptor(30, 4, 601);
    expect(host.owners(501, 601)).toEqual(['pid 30', 'pid 30']);
    host.tree.remove('30/fd/3');
    host.tree.descriptor(30, 5, 602);
    expect(host.owners(501, 601, 602)).toEqual(['unknown pid', 'pid 30', 'pid 30']);
  });

  it('a descriptor that stands for another socket now, while its old one lives on elsewhere, is found after a minute', () => {
    const host = new Host();
    host.tree.process(20, { startTime: 1, descriptors: { 3: 501 } });
    host.tree.process(30, { startTime: 2, descriptors: { 3: 501 } });
    host.owners(501);
    host.tree.descriptor(20, 3, 601);
    expect(host.owners(501, 601)).toEqual(['pid 20', 'unknown pid']);
    host.nowMs += LOOK_AGAIN_AFTER_MS;
    expect(host.owners(501, 601)).toEqual(['pid 30', 'pid 20']);
  });
});

describe('a look that takes too long', () => {
  it('ends, and the next collection goes on with those not looked into yet', () => {
    const host = new Host();
    const pids = Array.from({ length: 40 }, (_, index) => 100 + index);
    const inodes = pids.map((pid) => pid + 1_000);
    for (const pid of pids) host.tree.process(pid, { startTime: pid, descriptors: { 3: pid + 1_000 } });
    host.stepMs = LOOK_LIMIT_MS / 30;
    const unknown = () => host.owners(...inodes).filter((owner) => owner === 'unknown pid').length;
    const first = unknown();
    expect(first).toBeGreaterThan(0);
    expect(first).toBeLessThan(pids.length);
    const second = unknown();
    expect(second).toBeLessThan(first);
    for (let collection = 0; collection < 10; collection++) unknown();
    expect(host.owners(...inodes)).toEqual(pids.map((pid) => `pid ${pid}`));
  });

  it('looks into new processes first', () => {
    const host = new Host();
    for (let pid = 100; pid < 140; pid++) host.tree.process(pid, { startTime: pid });
    host.owners(501);
    host.nowMs += 1_000;
    host.tree.process(999, { startTime: 999, descriptors: { 3: 601 } });
    host.stepMs = LOOK_LIMIT_MS / 10;
    expect(host.owners(601)).toEqual(['pid 999']);
  });

  it('ends within a process that has very many files open, and keeps what it found', () => {
    const host = new Host();
    const inodes = Array.from({ length: 1_000 }, (_, index) => 5_000 + index);
    host.tree.process(20, { startTime: 1, descriptors: { ...inodes } });
    host.stepMs = LOOK_LIMIT_MS / 8;
    const known = () => host.owners(...inodes).filter((owner) => owner === 'pid 20').length;
    const first = known();
    expect(first).toBeGreaterThan(0);
    expect(first).toBeLessThan(inodes.length);
    host.stepMs = 0;
    expect(known()).toBe(inodes.length);
  });
});
