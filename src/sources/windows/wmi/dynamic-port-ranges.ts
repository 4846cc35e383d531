// The dynamic port ranges as the source reads them: what WMI has answered, and until it has, the documented default.

import type { EphemeralRange } from '../../../model/ephemeral.ts';
import type { PartNotes } from '../../parts.ts';
import type { ComLibraries } from '../com/com-library.ts';
import { defaultEphemeralRanges } from '../ephemeral-ranges.ts';
import type { WmiAnswer } from './request.ts';
import { WmiThread } from './wmi-thread.ts';

/** The ranges hardly ever change while a host is up. */
export const INTERVAL_MS = 3_600_000;
/** Enough where WMI is well. Without this wait, the first collection would always count by the default. */
export const FIRST_ANSWER_WAIT_MS = 1000;
/** After this, that there is no answer is a failure. An answer that comes later is used all the same. */
export const DEADLINE_MS = 10_000;

/** Asks WMI at the first read, and hourly from then on, but never while a question is unanswered. */
export class DynamicPortRanges {
  readonly #worker: URL;
  readonly #libraries: ComLibraries;
  /** The question that is unanswered. */
  #thread: WmiThread | undefined;
  #askedMs = Number.NEGATIVE_INFINITY;
  #known: readonly EphemeralRange[] | undefined;
  /** Why `#known` is not the latest answer. */
  #failure: string | undefined = 'WMI has not answered yet';

  /** `worker` is the module that asks WMI in a thread of its own: src/cli/wmi-worker.ts, or what was built of it. */
  constructor(worker: URL, libraries: ComLibraries) {
    this.#worker = worker;
    this.#libraries = libraries;
  }

  /**
   * The ranges of both protocols and families: what WMI has answered last, or the documented default. Never throws.
   * Where WMI's latest answer is missing, `report.fallback` says what is returned instead, and why. The first call blocks
   * for FIRST_ANSWER_WAIT_MS at most, later ones do not.
   */
  read(report: PartNotes): readonly EphemeralRange[] {
    const nowMs = performance.now();
    const isFirst = this.#askedMs === Number.NEGATIVE_INFINITY;
    if (this.#thread === undefined && nowMs - this.#askedMs >= INTERVAL_MS) this.#ask(nowMs);
    if (isFirst) this.#thread?.wait(FIRST_ANSWER_WAIT_MS);
    const answer = this.#thread?.take();
    if (answer !== undefined) this.#accept(answer);
    if (this.#thread !== undefined && nowMs - this.#askedMs >= DEADLINE_MS) {
      this.#failure = `WMI did not answer within ${DEADLINE_MS / 1000} s`;
    }
    if (this.#failure !== undefined) {
      const instead = this.#known === undefined ? 'the documented default' : 'what WMI answered before';
      report.fallback = `${instead}, because ${this.#failure}`;
    }
    return this.#known ?? defaultEphemeralRanges();
  }

  /** Ends the thread that asks, if there is one and it can be ended; it is not waited for. */
  close(): void {
    this.#thread?.close();
    this.#thread = undefined;
  }

  #ask(nowMs: number): void {
    this.#askedMs = nowMs;
    try {
      this.#thread = new WmiThread(this.#worker, this.#libraries);
    } catch (error) {
      this.#failure = `the WMI worker cannot be started: ${error instanceof Error ? error.message : String(error)}`;
    }
  }

  #accept(answer: WmiAnswer): void {
    this.#thread = undefined;
    if ('error' in answer) {
      this.#failure = answer.error.message;
    } else {
      this.#known = answer.ranges;
      this.#failure = undefined;
    }
  }
}
