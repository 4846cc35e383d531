// A client that asks again and again, and remembers how the answers changed.
import { setTimeout as sleep } from 'node:timers/promises';
import { type ClientAnswer, type ClientOptions, get } from '../../support/client.ts';

export interface Asker extends AsyncDisposable {
  /** What came, without what came again: in the order of time. */
  readonly outcomes: readonly string[];
}

/** Between two requests of one client. */
const PAUSE_MS = 100;

/** `tell` makes an outcome of an answer. Where none came, the error is the outcome. */
export function keepAsking(url: string, client: ClientOptions, tell: (answer: ClientAnswer) => string): Asker {
  const outcomes: string[] = [];
  let isOver = false;
  const asking = async (): Promise<void> => {
    while (!isOver) {
      const outcome = await get(url, client).then(tell, String);
      if (outcome !== outcomes.at(-1)) outcomes.push(outcome);
      await sleep(PAUSE_MS);
    }
  };
  const over = asking();
  return {
    outcomes,
    async [Symbol.asyncDispose]() {
      isOver = true;
      await over;
    },
  };
}
