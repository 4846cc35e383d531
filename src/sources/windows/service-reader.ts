// When the services are looked up, and what is known of them in between.

import type { Snapshot } from '../../model/snapshot.ts';
import type { PartReader } from '../parts.ts';
import { endpointOwners } from './endpoint-owners.ts';
import { isSameProcess, type WindowsProcess, type WindowsProcesses } from './process-decoder.ts';
import { listServices, type ServicesByPid } from './services.ts';
import type { Windows } from './windows.ts';

/** A service that starts in a process which was there already is seen after so long. */
const LOOK_UP_AT_LATEST_AFTER_MS = 60_000;
/** A look-up that failed is tried again after so long. */
const RETRY_AFTER_MS = 30_000;
/** What was known stays so long after the last look-up that succeeded. */
const KEEP_MS = 300_000;

const NONE: readonly string[] = [];

/** What the last look-up that succeeded found. */
interface Known {
  readonly atMs: number;
  readonly services: ServicesByPid;
  /** The processes that there were: another one may have the id of a service's process by now. */
  readonly processes: WindowsProcesses;
}

export class ServiceReader {
  readonly #windows: Windows;
  #known: Known | undefined;
  #triedMs: number | undefined;
  /** What the last look-up threw. */
  #failure: unknown;

  constructor(windows: Windows) {
    this.#windows = windows;
  }

  /** Looks up when that is due; what failed then is reported until the next look-up succeeds. */
  read(reader: PartReader, processes: WindowsProcesses, tables: Snapshot['tables']): void {
    reader.read('services', () => {
      if (this.#isDue(processes, tables)) this.#lookUp(processes);
      if (this.#failure !== undefined) throw this.#failure;
    });
  }

  /** The services of a process, sorted. None, too, for what nobody has looked up yet. */
  servicesOf(process: WindowsProcess): readonly string[] {
    const known = this.#known;
    if (known === undefined || performance.now() - known.atMs > KEEP_MS) return NONE;
    const isSame = isSameProcess(process, known.processes.get(process.pid));
    return (isSame ? known.services.get(process.pid) : undefined) ?? NONE;
  }

  /**
   * A process that is new and owns an endpoint is looked up at once: a service that restarts keeps its labels. One that
   * turns out to host no service is among the known processes then, and not looked up again.
   */
  #isDue(processes: WindowsProcesses, tables: Snapshot['tables']): boolean {
    if (this.#triedMs === undefined) return true;
    const elapsedMs = performance.now() - this.#triedMs;
    if (this.#failure !== undefined) return elapsedMs >= RETRY_AFTER_MS;
    if (elapsedMs >= LOOK_UP_AT_LATEST_AFTER_MS) return true;
    return endpointOwners(newProcesses(processes, this.#known?.processes), tables).size > 0;
  }

  #lookUp(processes: WindowsProcesses): void {
    const atMs = performance.now();
    this.#triedMs = atMs;
    try {
      this.#known = { atMs, services: listServices(this.#windows), processes };
      this.#failure = undefined;
    } catch (error) {
      this.#failure = error;
    }
  }
}

function newProcesses(processes: WindowsProcesses, known: WindowsProcesses | undefined): ReadonlySet<number> {
  const pids = new Set<number>();
  for (const process of processes.values()) {
    if (!isSameProcess(process, known?.get(process.pid))) pids.add(process.pid);
  }
  return pids;
}
