// The collector that the program pushes to: it is refused, hangs or answers 503, and comes back.
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type HttpReceiver, startHttpReceiver } from '../support/otlp-receiver.ts';
import type { LogWatch } from './log-watch.ts';

/** Each kind, and the reason that the log has to name. */
const REASONS = {
  refused: /a push failed.*(?:ECONNREFUSED|ECONNRESET|EPIPE|socket hang up)/,
  hanging: /a push failed.*no response/,
  unavailable: /a push failed.*HTTP 503/,
} as const;
type Outage = keyof typeof REASONS;
const OUTAGES: readonly Outage[] = ['refused', 'hanging', 'unavailable'];

/** Beyond the first push that fails, and between two outages: at most, at random. */
const MAX_OUTAGE_MS = 3_000;
const MAX_PAUSE_MS = 5_000;

export interface OtlpCollector extends AsyncDisposable {
  /** For `--otlp.endpoint`. */
  readonly endpoint: string;
  readonly outages: number;
  /** Pushes that were answered with success. */
  readonly accepted: number;
  /** One outage after the other, until told to stop; it is well then. Rejects where the log does not tell of one as it should. */
  haveOutages(log: LogWatch, stop: AbortSignal): Promise<void>;
}

export async function startOtlpCollector(): Promise<OtlpCollector> {
  let state: Outage | undefined;
  let [accepted, outages] = [0, 0];
  const answer = (response: ServerResponse): void => {
    if (state === 'hanging') return;
    if (state === 'unavailable') response.statusCode = 503;
    else accepted += 1;
    response.end();
  };
  let receiver: HttpReceiver = await startHttpReceiver(answer);
  const { port } = receiver;
  const begin = async (outage: Outage): Promise<void> => {
    state = outage;
    if (outage === 'refused') await receiver[Symbol.asyncDispose]();
  };
  const end = async (): Promise<void> => {
    if (state === 'refused') receiver = await startHttpReceiver(answer, { port });
    state = undefined;
  };
  return {
    endpoint: `http://127.0.0.1:${port}`,
    get outages() {
      return outages;
    },
    get accepted() {
      return accepted;
    },
    async haveOutages(log, stop) {
      for (let number = 0; !stop.aborted; number++) {
        const outage = OUTAGES[number % OUTAGES.length] ?? 'refused';
        await begin(outage);
        await log.expect(REASONS[outage]);
        await sleep(Math.random() * MAX_OUTAGE_MS);
        await end();
        await log.expect(/pushes succeed again/);
        outages += 1;
        await sleep(Math.random() * MAX_PAUSE_MS);
      }
    },
    [Symbol.asyncDispose]: () => receiver[Symbol.asyncDispose](),
  };
}
