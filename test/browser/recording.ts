// A made-up host as a file that the program plays.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { writeRecording } from '../../src/sources/replay/write.ts';

export interface Recording extends Disposable {
  /** For the program. */
  readonly flag: string;
}

/** The file goes when it is disposed of: not before the program ends. */
export function recordingOf(snapshot: Snapshot): Recording {
  const folder = mkdtempSync(join(tmpdir(), 'netstat-exporter-recording-'));
  const file = join(folder, 'host.jsonl');
  writeFileSync(file, [...writeRecording(snapshot)].join(''));
  return { flag: `--source=replay:${file}`, [Symbol.dispose]: () => rmSync(folder, { recursive: true }) };
}
