// Writing to the event log of Windows: one event at a time, in the background, however long Windows takes.

import { loadKernel32 } from '../../sources/windows/bindings.ts';
import { wideString } from '../../sources/windows/utf16.ts';
import type { ServiceLibraries } from '../libraries.ts';
import { type EventLogFunctions, loadEventLogFunctions } from './bindings.ts';
import { EVENTLOG_ERROR_TYPE, EVENTLOG_INFORMATION_TYPE, EVENTLOG_WARNING_TYPE } from './codes.ts';
import { eventText, oneString } from './event-text.ts';

/** Events that wait; at their longest they take 16 MB. */
export const MAX_WAITING_EVENTS = 256;

const NO_CATEGORY = 0;

/** The ids are ours, and have to be those of texts in the message file that addEventSource registers: 1 to 1000. */
const KINDS = {
  error: { type: EVENTLOG_ERROR_TYPE, id: 1 },
  warning: { type: EVENTLOG_WARNING_TYPE, id: 2 },
  information: { type: EVENTLOG_INFORMATION_TYPE, id: 3 },
} as const;

export type EventType = keyof typeof KINDS;

interface WaitingEvent {
  readonly text: string;
  readonly type: EventType;
  /** How many found no place between the one before and this one. */
  readonly lostBefore: number;
}

/** What cannot be written is lost, and the next event says how many were. No method throws, and no promise is rejected. */
export class EventLog {
  readonly #source: string;
  readonly #functions: EventLogFunctions;
  readonly #waiting: WaitingEvent[] = [];
  /** A handle, while there is one. */
  #log: number | undefined;
  #writing: Promise<void> | undefined;
  #isClosed = false;
  #lost = 0;
  /** Those that found no place since the last one that did. */
  #lostWaiting = 0;
  /** Those that were lost up to the last one that was written, or tried, and that no event has told. */
  #untold = 0;

  /** `source` is the name under which addEventSource has registered it. */
  constructor(source: string, { advapi32, kernel32 }: ServiceLibraries) {
    this.#source = source;
    this.#functions = loadEventLogFunctions(advapi32, loadKernel32(kernel32));
  }

  /** How many events were lost. */
  get lost(): number {
    return this.#lost;
  }

  write(text: string, type: EventType): void {
    if (this.#isClosed || this.#waiting.length >= MAX_WAITING_EVENTS) {
      this.#lost++;
      this.#lostWaiting++;
      return;
    }
    this.#waiting.push({ text: eventText(text), type, lostBefore: this.#lostWaiting });
    this.#lostWaiting = 0;
    this.#writing ??= this.#writeAll();
  }

  /** Resolves when all are written, or lost, or the time is over. */
  async flush(timeoutMs: number): Promise<void> {
    if (this.#writing === undefined) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, timeoutMs);
    await Promise.race([this.#writing, promise]);
    clearTimeout(timer);
  }

  /** Takes no more events, writes those that wait, as far as the time reaches, and lets go of the event log. */
  async close(timeoutMs: number): Promise<void> {
    this.#isClosed = true;
    this.#writing ??= this.#writeAll();
    await this.flush(timeoutMs);
    this.#lost += this.#waiting.splice(0).length;
  }

  async #writeAll(): Promise<void> {
    for (let event = this.#waiting.shift(); event !== undefined; event = this.#waiting.shift()) {
      this.#untold += event.lostBefore;
      if (await this.#writeOne(event)) {
        this.#untold = 0;
      } else {
        this.#lost++;
        this.#untold++;
        await this.#deregister();
      }
    }
    if (this.#isClosed) await this.#deregister();
    this.#writing = undefined;
  }

  /** Whether it was written. */
  async #writeOne({ text, type }: WaitingEvent): Promise<boolean> {
    const behind = this.#untold === 0 ? '' : ` (events lost before this one: ${this.#untold})`;
    const strings = oneString(eventText(text, behind));
    const kind = KINDS[type];
    try {
      this.#log ??= (await this.#functions.registerSource(null, wideString(this.#source))).result;
      if (this.#log === 0) return false;
      const { result } = await this.#functions.report(
        this.#log,
        kind.type,
        NO_CATEGORY,
        kind.id,
        null,
        1,
        0,
        strings,
        null,
      );
      return result !== 0;
    } catch {
      // Windows has no event log: Nano Server.
      return false;
    }
  }

  /** With the next event it is registered again: the event log may have been restarted. */
  async #deregister(): Promise<void> {
    const log = this.#log;
    this.#log = undefined;
    if (log === undefined || log === 0) return;
    try {
      await this.#functions.deregisterSource(log);
    } catch {
      // A handle is lost, and no more.
    }
  }
}
