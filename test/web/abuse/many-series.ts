// A recording whose answer is larger than what the system takes from the program at once.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TcpRow } from '../../../src/sources/replay/format.ts';
import { writeRecording } from '../../../src/sources/replay/write.ts';
import { snapshotOf } from '../../support/snapshots.ts';

const PROCESSES = 1_500;
const FIRST_PORT = 1_024;

export interface ManySeries extends Disposable {
  /** With which the program shows them all. */
  readonly flags: readonly string[];
}

/** Some 9,000 series, 800 kB of text. */
export function recordManySeries(): ManySeries {
  const folder = mkdtempSync(join(tmpdir(), 'netstat-exporter-many-'));
  const file = join(folder, 'many.jsonl');
  const pids = Array.from({ length: PROCESSES }, (_, index) => index + 1);
  const snapshot = snapshotOf({
    tcp4: pids.map((pid): TcpRow => ['listen', '0.0.0.0', FIRST_PORT + pid, '0.0.0.0', 0, pid]),
    processes: pids.map((pid) => [pid, `process-${pid}`, `unit-${pid}.service`]),
  });
  writeFileSync(file, [...writeRecording(snapshot)].join(''));
  return {
    flags: [`--source=replay:${file}`, '--collector.process.limit=10000', '--collector.port.limit=10000'],
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
  };
}
