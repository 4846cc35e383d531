// Finding the processes that own the sockets, and remembering what each was seen to hold.

import { UNKNOWN_PID } from '../../model/sockets.ts';
import { type HeldSockets, keepSockets, NO_SOCKETS, readHeldSockets } from './held-sockets.ts';
import { InodeOwners } from './inode-owners.ts';
import { listProcesses, type ProcessIdentity, readIdentity } from './process-files.ts';
import type { SocketRows } from './socket-rows.ts';

/** How long one collection may look into processes. The next goes on with those that it did not get to. */
export const LOOK_LIMIT_MS = 2_000;
/** When inodes that no process explained are looked for again, together with all that is known. */
export const LOOK_AGAIN_AFTER_MS = 60_000;
/** When all that is known is checked even though every inode is explained. */
export const CHECK_AFTER_MS = 300_000;

/** A process and the sockets that it was seen to hold. */
interface Holder {
  readonly identity: ProcessIdentity;
  readonly held: HeldSockets;
  /** When it was last looked into to the end; 0 for never. */
  readonly lookedAtMs: number;
}

const FIRST_PROCESS = 1;

/**
 * What is remembered is what each process holds, not who owns each inode: owners are derived anew in every collection
 * from the processes that are still there (same pid, same start time) and the inodes that are still in the tables. A
 * process that ends, and an inode that leaves the tables, is forgotten at once: the number may come back as another's.
 *
 * What stays undetected, until the next thorough look: a process that closed its copy of a socket that another one
 * keeps open still counts as a holder, and a descriptor that it opened in that one's place is not looked at. Within one
 * interval an inode number cannot come back: the kernel counts them up to 2^32 before it starts again.
 */
export class SocketOwners {
  readonly #procfsRoot: string;
  /** Of the collection under way: made anew in each, in the same memory. */
  readonly #owners = new InodeOwners();
  #holders = new Map<number, Holder>();
  /** Inodes that no process explained. */
  #lookedForInVain = new Set<number>();
  #lastThoroughMs = Number.NEGATIVE_INFINITY;

  constructor(procfsRoot: string) {
    this.#procfsRoot = procfsRoot;
  }

  /**
   * Writes the pid of every row that has an inode: the oldest holder other than process 1, or UNKNOWN_PID. Returns the
   * owning processes. Throws when the procfs root cannot be listed.
   */
  attribute(tables: readonly SocketRows[]): ReadonlyMap<number, ProcessIdentity> {
    const pids = listProcesses(this.#procfsRoot);
    const owners = this.#owners;
    collectInodes(tables, owners);
    this.#forgetGone(pids, owners);
    this.#claim(owners);
    const look = this.#dueLook(owners.unexplained());
    const complete = look === 'none' || this.#lookInto(pids, look === 'thorough');
    if (look !== 'none') this.#claim(owners);
    // What the time did not suffice for was not looked for in vain.
    this.#lookedForInVain = new Set(complete ? owners.unexplained() : []);
    return this.#assign(tables, owners);
  }

  #forgetGone(pids: ReadonlySet<number>, owners: InodeOwners): void {
    for (const [pid, { identity, held, lookedAtMs }] of this.#holders) {
      const kept = keepSockets(held, (inode) => owners.has(inode));
      // Who holds nothing is asked for its identity only when it is looked into.
      const now = pids.has(pid) ? this.#identityNow(identity, kept) : undefined;
      if (now === undefined) this.#holders.delete(pid);
      else this.#holders.set(pid, { identity: now, held: kept, lookedAtMs });
    }
  }

  #identityNow(identity: ProcessIdentity, held: HeldSockets): ProcessIdentity | undefined {
    if (held.inodes.length === 0) return identity;
    const now = readIdentity(this.#procfsRoot, identity.pid);
    return now?.startTime === identity.startTime ? now : undefined;
  }

  /** Who comes later overrides: first process 1, which holds the sockets of others, then from young to old. */
  #claim(owners: InodeOwners): void {
    owners.forgetOwners();
    const holders = [...this.#holders.values()].filter(({ held }) => held.inodes.length > 0);
    for (const { identity, held } of holders.sort(byPrecedence)) {
      for (const inode of held.inodes) owners.setOwner(inode, identity.pid);
    }
  }

  #dueLook(unexplained: readonly number[]): 'none' | 'quick' | 'thorough' {
    const sinceThoroughMs = performance.now() - this.#lastThoroughMs;
    if (sinceThoroughMs >= CHECK_AFTER_MS) return 'thorough';
    if (unexplained.length > 0 && sinceThoroughMs >= LOOK_AGAIN_AFTER_MS) return 'thorough';
    return unexplained.some((inode) => !this.#lookedForInVain.has(inode)) ? 'quick' : 'none';
  }

  /** False when the time was over before the end. */
  #lookInto(pids: ReadonlySet<number>, thorough: boolean): boolean {
    const startMs = performance.now();
    const isOver = () => performance.now() - startMs > LOOK_LIMIT_MS;
    if (thorough) this.#lastThoroughMs = startMs;
    const lookedAt = (pid: number) => this.#holders.get(pid)?.lookedAtMs ?? 0;
    // New processes first.
    for (const pid of [...pids].sort((one, other) => lookedAt(one) - lookedAt(other))) {
      if (isOver() || !this.#lookIntoProcess(pid, thorough, isOver)) return false;
    }
    return true;
  }

  #lookIntoProcess(pid: number, thorough: boolean, isOver: () => boolean): boolean {
    const identity = readIdentity(this.#procfsRoot, pid);
    if (identity === undefined) {
      this.#holders.delete(pid);
      return true;
    }
    const before = this.#holders.get(pid);
    const known = before?.identity.startTime === identity.startTime ? before.held : NO_SOCKETS;
    const { held, complete } = readHeldSockets(`${this.#procfsRoot}/${pid}`, { known, thorough, isOver });
    const lookedAtMs = complete ? performance.now() : (before?.lookedAtMs ?? 0);
    this.#holders.set(pid, { identity, held, lookedAtMs });
    return complete;
  }

  #assign(tables: readonly SocketRows[], owners: InodeOwners): ReadonlyMap<number, ProcessIdentity> {
    const owning = new Map<number, ProcessIdentity>();
    for (const { inode, pid, length } of tables) {
      for (let row = 0; row < length; row++) {
        if (inode[row] === 0) continue;
        const owner = owners.ownerOf(inode[row] ?? 0);
        pid[row] = owner;
        if (owner === UNKNOWN_PID || owning.has(owner)) continue;
        const holder = this.#holders.get(owner);
        if (holder !== undefined) owning.set(owner, holder.identity);
      }
    }
    return owning;
  }
}

function collectInodes(tables: readonly SocketRows[], owners: InodeOwners): void {
  owners.reset(tables.reduce((count, { length }) => count + length, 0));
  for (const { inode, length } of tables) {
    for (let row = 0; row < length; row++) owners.add(inode[row] ?? 0);
  }
}

function byPrecedence({ identity: one }: Holder, { identity: other }: Holder): number {
  if (one.pid === FIRST_PROCESS || other.pid === FIRST_PROCESS) return one.pid === FIRST_PROCESS ? -1 : 1;
  return other.startTime - one.startTime || other.pid - one.pid;
}
