// World: fixtures. The table of inodes and their owners.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UNKNOWN_PID } from '../../../src/model/sockets.ts';
import { InodeOwners } from '../../../src/sources/linux/inode-owners.ts';

// Few different numbers, and large ones, so that some come twice and some collide.
const inodes = fc.array(fc.oneof(fc.nat(40), fc.integer({ min: 0xffff_fff0, max: 0xffff_ffff })), { maxLength: 80 });

describe('the owners of inodes', () => {
  it('are what was set, for the inodes that were added', () => {
    // One for all runs: nothing may be left of the run before.
    const owners = new InodeOwners();
    fc.assert(
      fc.property(inodes, inodes, (added, owned) => {
        owners.reset(added.length);
        for (const inode of added) owners.add(inode);
        for (const inode of owned) owners.setOwner(inode, inode % 7);
        const known = new Set(added.filter((inode) => inode !== 0));
        for (const inode of [...added, ...owned]) {
          if (inode === 0) continue;
          expect(owners.has(inode)).toBe(known.has(inode));
          const isOwned = known.has(inode) && owned.includes(inode);
          expect(owners.ownerOf(inode)).toBe(isOwned ? inode % 7 : UNKNOWN_PID);
        }
        const unexplained = [...known].filter((inode) => !owned.includes(inode));
        expect(new Set(owners.unexplained())).toEqual(new Set(unexplained));
      }),
    );
  });

  it('are unknown again once forgotten', () => {
    const owners = new InodeOwners();
    owners.reset(1);
    owners.add(5);
    owners.setOwner(5, 20);
    owners.forgetOwners();
    expect(owners.ownerOf(5)).toBe(UNKNOWN_PID);
    expect(owners.unexplained()).toEqual([5]);
  });
});
