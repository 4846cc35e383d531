// World 2: the script of the event log.

import type { ServiceStandin } from './service-standin.ts';

export interface EventLogManner {
  /** The code that RegisterEventSourceW fails with. */
  readonly registerFailure?: number;
  /** The code that ReportEventW fails with. */
  readonly reportFailure?: number;
  /** Each event waits until this is told otherwise. */
  readonly hangs?: boolean;
}

/** How the event log behaves from now on; as it should, when nothing is said. */
export function scriptEventLog({ library }: Pick<ServiceStandin, 'library'>): (manner?: EventLogManner) => void {
  const behave = library.func('void standin_event_log(uint32_t register_code, uint32_t report_code, uint32_t hangs)');
  return ({ registerFailure = 0, reportFailure = 0, hangs = false } = {}) =>
    behave(registerFailure, reportFailure, Number(hangs));
}
