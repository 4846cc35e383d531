// Who owns which inode, for the inodes of one collection: a hash table in two typed arrays.

import { UNKNOWN_PID } from '../../model/sockets.ts';

const FIRST_SLOTS = 512;
/** A table with more room than this many times what is needed is let go. */
const MAX_ROOM = 8;

/** Open addressing, at most half full. Inode 0 is no inode, so that 0 marks a free slot. */
export class InodeOwners {
  #inodes = new Uint32Array(FIRST_SLOTS);
  #pids = new Uint32Array(FIRST_SLOTS).fill(UNKNOWN_PID);
  #mask = FIRST_SLOTS - 1;

  /** Forgets all, and makes room for `count` inodes. */
  reset(count: number): void {
    const slots = Math.max(FIRST_SLOTS, 2 ** Math.ceil(Math.log2(Math.max(count, 1) * 2)));
    if (slots <= this.#inodes.length && this.#inodes.length <= MAX_ROOM * slots) {
      this.#inodes.fill(0);
    } else {
      this.#inodes = new Uint32Array(slots);
      this.#pids = new Uint32Array(slots);
      this.#mask = slots - 1;
    }
    this.forgetOwners();
  }

  add(inode: number): void {
    if (inode !== 0) this.#inodes[this.#slot(inode)] = inode;
  }

  has(inode: number): boolean {
    return inode !== 0 && this.#inodes[this.#slot(inode)] === inode;
  }

  /** Does nothing for an inode that was not added. */
  setOwner(inode: number, pid: number): void {
    const slot = this.#slot(inode);
    if (inode !== 0 && this.#inodes[slot] === inode) this.#pids[slot] = pid;
  }

  /** UNKNOWN_PID until an owner is set. */
  ownerOf(inode: number): number {
    return this.#pids[this.#slot(inode)] ?? UNKNOWN_PID;
  }

  forgetOwners(): void {
    this.#pids.fill(UNKNOWN_PID);
  }

  /** The inodes without an owner. */
  unexplained(): number[] {
    const inodes: number[] = [];
    for (let slot = 0; slot <= this.#mask; slot++) {
      const inode = this.#inodes[slot] ?? 0;
      if (inode !== 0 && this.#pids[slot] === UNKNOWN_PID) inodes.push(inode);
    }
    return inodes;
  }

  /** Where the inode is, or where it would be. */
  #slot(inode: number): number {
    // Inodes come in runs: a multiplication by the golden ratio spreads them.
    let slot = (Math.imul(inode, 0x9e37_79b1) >>> 7) & this.#mask;
    while (this.#inodes[slot] !== 0 && this.#inodes[slot] !== inode) slot = (slot + 1) & this.#mask;
    return slot;
  }
}
