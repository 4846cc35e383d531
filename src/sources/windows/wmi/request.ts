// The WMI worker's side: what it is asked, and its one answer.

import type { MessagePort } from 'node:worker_threads';
import type { EphemeralRange } from '../../../model/ephemeral.ts';
import type { PartError } from '../../../model/snapshot.ts';
import { PartFailure } from '../../parts.ts';
import { Com } from '../com/com.ts';
import type { ComLibraries } from '../com/com-library.ts';
import { readPortRanges } from './port-ranges.ts';
import { wmiFailure } from './wmi-failure.ts';

/** Crosses to the worker as `workerData`. */
export interface WmiRequest {
  readonly libraries: ComLibraries;
  /** Takes the answer. */
  readonly port: MessagePort;
  /** One word, 0 until the answer is there: whoever waits for that is woken. */
  readonly answered: Int32Array<SharedArrayBuffer>;
}

export type WmiAnswer = { readonly ranges: readonly EphemeralRange[] } | { readonly error: PartError };

/** Asks WMI, blocks, and answers once. Whoever waits is woken when the answer is there to be taken. */
export function answerRequest({ libraries, port, answered }: WmiRequest): void {
  port.postMessage(findAnswer(libraries));
  Atomics.store(answered, 0, 1);
  Atomics.notify(answered, 0);
}

function findAnswer(libraries: ComLibraries): WmiAnswer {
  try {
    using com = new Com(libraries, wmiFailure);
    return { ranges: readPortRanges(com) };
  } catch (error) {
    if (error instanceof PartFailure) return { error: { code: error.code, message: error.message } };
    throw error;
  }
}
