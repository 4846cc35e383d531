// Who may write a file or a folder: only this user and root, who may do anything anyway.

/** Of `fs.Stats`. */
export interface Access {
  readonly uid: number;
  readonly mode: number;
}

const ROOT = 0;
/** S_IWGRP and S_IWOTH: inode(7). */
const OTHERS_MAY_WRITE = 0o022;

/**
 * What is wrong with it, as the rest of a sentence. `owners` are trusted besides this user and root. On Windows nothing is:
 * the profile of a user is that user's, by what it inherits.
 */
export function accessProblem(
  { uid, mode }: Access,
  owners: readonly number[] = [],
  user: number | undefined = process.geteuid?.(),
): string | undefined {
  if (user === undefined) return undefined;
  if (![ROOT, user, ...owners].includes(uid)) return `belongs to another user (${uid})`;
  if ((mode & OTHERS_MAY_WRITE) !== 0) return 'may be written by others than its owner';
  return undefined;
}
