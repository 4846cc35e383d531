// The replay source: plays a recorded snapshot as if it were read now, again and again.

import { readFileSync } from 'node:fs';
import type { Snapshot } from '../../model/snapshot.ts';
import type { Source } from '../source.ts';
import { RecordingError } from './checks.ts';
import { parseRecording } from './parse.ts';

/** Reads the file once. Throws RecordingError, with one line that names the file and what is wrong with it. */
export function openReplaySource(file: string): Source {
  const recorded = load(file);
  return {
    os: recorded.os,
    machineId: undefined,
    read: () => ({ ...recorded, timestampMs: Date.now() }),
    close: () => {},
  };
}

function load(file: string): Snapshot {
  try {
    return parseRecording(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new RecordingError(`cannot replay ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
