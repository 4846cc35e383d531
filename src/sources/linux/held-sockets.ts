// Which sockets a process holds: the links in its fd directory (proc_pid_fd(5)).

import { closeSync, constants, openSync, readdirSync } from 'node:fs';
import { isLackOfResources, ofProcess } from './files.ts';
import { lastErrno, readlinkat } from './libc.ts';
import { systemFailure } from './system-failure.ts';

/** The sockets that a process was seen to hold: file descriptors, ascending, and the inode that each stands for. */
export interface HeldSockets {
  readonly descriptors: Uint32Array;
  readonly inodes: Uint32Array;
}

/** Longer than any link to a socket. */
const LINK_BYTES = 64;
/** Where each link is read to. */
const link = Buffer.alloc(LINK_BYTES);

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
  const path = `${processDirectory}/fd`;
  const directory = ofProcess(() => openSync(path, constants.O_RDONLY | constants.O_DIRECTORY));
  if (directory === undefined) return { held: NO_SOCKETS, complete: true };
  try {
    return readLinks(directory, listDescriptors(path), look);
  } finally {
    closeSync(directory);
  }
}

function readLinks(directory: number, open: Uint32Array, look: Look): { held: HeldSockets; complete: boolean } {
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
      if (complete) inode = readSocketInode(directory, descriptor);
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

function listDescriptors(path: string): Uint32Array {
  const names = ofProcess(() => readdirSync(path));
  return names === undefined ? NO_SOCKETS.descriptors : Uint32Array.from(names, Number).sort();
}

/**
 * 0 also for a descriptor that was closed meanwhile. Not by readlinkSync, which has the kernel look the whole path up for
 * each of what may be 50,000 links, and makes more strings: with it the look takes a quarter longer.
 */
function readSocketInode(directory: number, descriptor: number): number {
  const bytes = readlinkat(directory, `${descriptor}`, link, link.length);
  if (bytes >= 0) return parseSocketLink(link.toString('latin1', 0, bytes));
  const failure = systemFailure(`readlinkat of descriptor ${descriptor}`, lastErrno());
  if (isLackOfResources(failure)) throw failure;
  return 0;
}
