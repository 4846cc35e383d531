// Who a process is to the metrics: processes of one name and services are one group.

import type { Process } from '../../model/processes.ts';
import { NO_PID } from '../../model/sockets.ts';
import { servicesLabel } from '../names.ts';
import type { AggregationSettings } from '../settings.ts';
import { NONE, OTHER, UNKNOWN } from './groups.ts';
import { processName } from './process-names.ts';

/** The labels of a group of processes. */
export interface ProcessIdentity {
  readonly process: string;
  readonly services: string;
  /** Empty unless asked for. */
  readonly pid: string;
}

const IDENTITY_OF_NONE = reserved(NONE);
const IDENTITY_OF_UNKNOWN = reserved(UNKNOWN);
export const IDENTITY_OF_OTHER = reserved(OTHER);

const RESERVED: ReadonlySet<string> = new Set([NONE, UNKNOWN, OTHER]);

/** `process` is what the snapshot knows of the id. */
export function identityOf(pid: number, process: Process | undefined, settings: AggregationSettings): ProcessIdentity {
  if (pid === NO_PID) return IDENTITY_OF_NONE;
  if (process === undefined) return IDENTITY_OF_UNKNOWN;
  const name = processName(process, settings.nameRules);
  const { processInclude, processExclude } = settings;
  if (!processInclude.test(name) || processExclude?.test(name) === true) return IDENTITY_OF_OTHER;
  return { process: name, services: servicesLabel(process.services), pid: settings.pidLabel ? String(pid) : '' };
}

/** Reserved groups are shown whatever the limit. A program may call itself `_other`: then it is counted there. */
export function isReserved({ process, services, pid }: ProcessIdentity): boolean {
  return services === '' && pid === '' && RESERVED.has(process);
}

/** Equal identities have equal keys. */
export function keyOf({ process, services, pid }: ProcessIdentity): string {
  return JSON.stringify([process, services, pid]);
}

export function isIdentityBefore(one: ProcessIdentity, other: ProcessIdentity): boolean {
  if (one.process !== other.process) return one.process < other.process;
  if (one.services !== other.services) return one.services < other.services;
  return one.pid < other.pid;
}

function reserved(process: string): ProcessIdentity {
  return { process, services: '', pid: '' };
}
