// `netstat-exporter record FILE`: reads the host once and writes the snapshot, to be played with --source=replay:FILE.

import type { Config } from '../config/options.ts';
import { PARTS } from '../model/snapshot.ts';
import { openSource } from '../sources/open.ts';
import { redact } from '../sources/replay/redact.ts';
import { writeRecording } from '../sources/replay/write.ts';
import { failureNotes } from '../terminal/notes.ts';
import { commandLinesOf, sourceChoice } from './collection-settings.ts';
import { sayLine } from './stderr.ts';
import { writeWholeFile } from './whole-file.ts';

/** Everything that a source can read. */
const EVERYTHING = { tables: true, processes: true, services: true, statistics: true, ephemeralRange: true } as const;

/** Tells on stderr what was written, and what could not be read. Rejects when the file cannot be written. */
export async function record(config: Config, file: string, options: { readonly redact: boolean }): Promise<void> {
  const source = await openSource(sourceChoice(config), { ...EVERYTHING, commandLinesOf: commandLinesOf(config) });
  const snapshot = source.read();
  source.close();
  await writeWholeFile(file, writeRecording(options.redact ? redact(snapshot) : snapshot));

  const { tcp4, tcp6, udp4, udp6 } = snapshot.tables;
  const endpoints = [tcp4, tcp6, udp4, udp6].reduce((sum, table) => sum + (table?.length ?? 0), 0);
  await sayLine(`${file}: ${endpoints} endpoints of ${snapshot.processes?.size ?? 'unknown'} processes`);
  for (const { line } of failureNotes(snapshot, PARTS)) await sayLine(line);
}
