// How the push goes: what became of the last request.

import type { Outcome } from './outcome.ts';
import type { OtlpProtocol } from './settings.ts';

/** Nothing of the collector's, and not where it is: this is shown to whoever may see the landing page. */
export interface PushReport {
  readonly protocol: OtlpProtocol;
  /** The request that ended last, and when, in milliseconds of Unix time; undefined as long as none has. */
  readonly last: { readonly result: Outcome['result']; readonly endedMs: number } | undefined;
  /** Requests that have failed since one arrived, in part or as a whole. */
  readonly failedInARow: number;
}

export class PushStatus {
  #latest: PushReport;

  constructor(protocol: OtlpProtocol) {
    this.#latest = { protocol, last: undefined, failedInARow: 0 };
  }

  /** A request has ended just now. A push of many points takes several. */
  record({ result }: Outcome): void {
    const { protocol, failedInARow } = this.#latest;
    this.#latest = {
      protocol,
      last: { result, endedMs: Date.now() },
      failedInARow: result === 'failure' ? failedInARow + 1 : 0,
    };
  }

  latest(): PushReport {
    return this.#latest;
  }
}
