// A host with as many series as one likes: processes with a port each.
import type { Snapshot } from '../../../src/model/snapshot.ts';
import type { TcpRow } from '../../../src/sources/replay/format.ts';
import { snapshotOf } from '../../support/snapshots.ts';

const FIRST_PORT = 1_024;
/** Of a process with a port. */
const SERIES_A_PROCESS = 7;
/** What every host has in addition, the exporter's own included. */
const SERIES_BESIDE = 150;

/** With about so many series, where no limit is below that. */
export function hostWithSeries(series: number): Snapshot {
  const processes = Math.max(1, Math.round((series - SERIES_BESIDE) / SERIES_A_PROCESS));
  const pids = Array.from({ length: processes }, (_, i) => i + 1);
  return snapshotOf({
    tcp4: pids.map((pid): TcpRow => ['listen', '0.0.0.0', FIRST_PORT + pid, '0.0.0.0', 0, pid]),
    processes: pids.map((pid) => [pid, `process-${pid}`, `unit-${pid}.service`]),
  });
}
