// What is said beside a listing, on stderr: what could not be read, and what more privilege would show.

import { escapeControls } from '../config/escape.ts';
import { PARTS, type Part, type Snapshot } from '../model/snapshot.ts';
import { UNKNOWN_PID } from '../model/sockets.ts';
import { blockAt, type EndpointBlock, rowAt } from '../views/blocks.ts';

/** Said once for each key. */
export interface Note {
  readonly key: string;
  /** Without its end. */
  readonly line: string;
}

/** What the table of counters is made from. */
export const STATISTICS_PARTS: readonly Part[] = PARTS.filter((part) => part.endsWith('_statistics'));

/** One for each of these parts that could not be read. A message may be that of a recording, and so anybody's text. */
export function failureNotes(snapshot: Snapshot, parts: readonly Part[]): readonly Note[] {
  return parts.flatMap((part) => {
    const error = snapshot.parts[part]?.error;
    return error === undefined
      ? []
      : [{ key: `${part} ${error.code}`, line: escapeControls(`failed: ${part}: ${error.message}`) }];
  });
}

/** Nothing was read that was asked for. */
export function emptinessNotes(numbers: Uint32Array): readonly Note[] {
  return numbers.length > 0 ? [] : [{ key: 'empty', line: 'no endpoint fits' }];
}

/**
 * For a Linux host where this process may not look into those of other users: proc_pid_fd(5), `Permission to dereference
 * or read the symbolic links is governed by a ptrace access mode`.
 */
export function privilegeNotes(blocks: readonly EndpointBlock[], numbers: Uint32Array): readonly Note[] {
  const unknown = numbers.reduce((count, number) => count + Number(hasUnknownOwner(blocks, number)), 0);
  if (unknown === 0) return [];
  const whose = unknown === 1 ? 'the owner of 1 endpoint' : `the owners of ${unknown} endpoints`;
  const why = "they are other users'; root, or CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH, see them";
  return [{ key: 'privilege', line: `${whose} cannot be seen: ${why}` }];
}

function hasUnknownOwner(blocks: readonly EndpointBlock[], number: number): boolean {
  const block = blockAt(blocks, number);
  return block.table.pid[rowAt(block, number - block.first)] === UNKNOWN_PID;
}
