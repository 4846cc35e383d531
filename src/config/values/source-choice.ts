// Where the snapshots come from.

import { ValueError } from '../error.ts';

export type SourceChoice =
  | { readonly kind: 'windows' | 'linux' }
  | { readonly kind: 'replay' /** As written: relative to the working directory. */; readonly file: string };

export const REPLAY_PREFIX = 'replay:';

/** `windows`, `linux` or `replay:FILE`. Throws ValueError. */
export function parseSourceChoice(text: string): SourceChoice {
  if (text === 'windows' || text === 'linux') return Object.freeze({ kind: text });
  const file = text.startsWith(REPLAY_PREFIX) ? text.slice(REPLAY_PREFIX.length) : '';
  if (file === '') throw new ValueError('is not a source', 'windows, linux, replay:FILE');
  return Object.freeze({ kind: 'replay', file });
}
