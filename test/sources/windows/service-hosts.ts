// The processes that host services in the tests, and what a snapshot says of them.

import type { Snapshot } from '../../../src/model/snapshot.ts';
import type { Standin } from '../../worlds/standin/standin.ts';

/** Adds processes, each created at a time of its own. */
export function runProcesses(standin: Standin, ...pids: readonly number[]): void {
  standin.queriedProcesses(pids.map((pid) => ({ pid, name: 'svchost.exe', createTime: 1000 + pid })));
}

export function servicesIn({ processes }: Snapshot, pid: number): readonly string[] | undefined {
  return processes?.get(pid)?.services;
}
