// Which sockets a process holds: the links in its fd directory (proc_pid_fd(5)).

import { readdirSync, readlinkSync } from 'node:fs';
import { ofProcess } from './files.ts';

/** The sockets that a process was seen to hold: file descriptors, ascending, and the inode that each stands for. */
export interface HeldSockets {
  readonly descriptors: Uint32Array;
  readonly inodes: Uint32Array;
}

export const NO_SOCKETS: HeldSockets = { descriptors: new Uint32Array(0), inodes: new Uint32Array(0) };

/** How to look. */
export interface Look {
  /** What need not be read again if the descriptor is still open; each is read again in a thorough look. */
  readonly known: HeldSockets;
  readonly thorough: boolean;
  /** Once true, nothing more is read and what is known stays. */
  readonly isOver: () => boolean;
}

/**
 * Lists the open files of a process and reads the links of those that are not known. `complete` is false when the time
 * was over before the end. Without the permission to look there are no sockets. Throws where descriptors or memory are
 * lacking.
 */
export function readHeldSockets(processDirectory: string, look: Look): { held: HeldSockets; complete: boolean } {
  const open = listDescriptors(processDirectory);
  const inodes = new Uint32Array(open.length);
  let count = 0;
  let complete = true;
  let knownIndex = 0;
  for (let index = 0; index < open.length; index++) {
    const descriptor = open[index] ?? 0;
    while ((look.known.descriptors[knownIndex] ?? Infinity) < descriptor) knownIndex++;
    let inode = look.known.descriptors[knownIndex] === descriptor ? (look.known.inodes[knownIndex] ?? 0) : 0;
    if (inode === 0 || look.thorough) {
      complete &&= !look.isOver();
      if (complete) inode = readSocketInode(`${processDirectory}/fd/${descriptor}`);
    }
    if (inode === 0) continue;
    // The sockets among the descriptors are moved to the front.
    open[count] = descriptor;
    inodes[count++] = inode;
  }
  return { held: { descriptors: open.slice(0, count), inodes: inodes.slice(0, count) }, complete };
}

/** Those of the sockets that `isWanted` says true for. */
export function keepSockets(held: HeldSockets, isWanted: (inode: number) => boolean): HeldSockets {
  if (held.inodes.every(isWanted)) return held;
  return {
    descriptors: held.descriptors.filter((_, index) => isWanted(held.inodes[index] ?? 0)),
    inodes: held.inodes.filter(isWanted),
  };
}

/** The inode in `socket:[12345]`; 0 where the link is of anything else. */
export function parseSocketLink(link: string): number {
  if (!link.startsWith('socket:[') || !link.endsWith(']')) return 0;
  const inode = Number(link.slice('socket:['.length, -1));
  return Number.isInteger(inode) && inode > 0 && inode <= 0xffff_ffff ? inode : 0;
}

function listDescriptors(processDirectory: string): Uint32Array {
  const names = ofProcess(() => readdirSync(`${processDirectory}/fd`));
  return names === undefined ? NO_SOCKETS.descriptors : Uint32Array.from(names, Number).sort();
}

/** 0 also for a descriptor that was closed meanwhile. */
function readSocketInode(path: string): number {
  return parseSocketLink(ofProcess(() => readlinkSync(path)) ?? '');
}
