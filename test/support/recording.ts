// Recordings of hosts that tests make up.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { writeRecording } from '../../src/sources/replay/write.ts';

export interface RecordingFile extends Disposable {
  /** The option that plays it. */
  readonly source: string;
}

/** In a temporary folder, which goes when it is disposed of. */
export function recordingOf(snapshot: Snapshot): RecordingFile {
  const folder = mkdtempSync(join(tmpdir(), 'netstat-exporter-recording-'));
  const file = join(folder, 'recording.jsonl');
  writeFileSync(file, Array.from(writeRecording(snapshot)).join(''));
  return { source: `--source=replay:${file}`, [Symbol.dispose]: () => rmSync(folder, { recursive: true }) };
}
