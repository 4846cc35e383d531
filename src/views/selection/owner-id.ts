// The id of an endpoint's owner, as a person sees it.

import { NO_PID, UNKNOWN_PID } from '../../model/sockets.ts';

/** Null where no process owns the endpoint, or the one that does cannot be seen. */
export function ownerId(pid: number): number | null {
  return pid === NO_PID || pid === UNKNOWN_PID ? null : pid;
}
