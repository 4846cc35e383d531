// Somebody who asks all the while, as a scraper that must not notice an attack.
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { type ClientOptions, get } from '../../support/client.ts';

export interface Prober {
  /** Ends it, and tells the statuses of all answers, and errors in place of those that there were not. */
  end(): Promise<readonly (number | string)[]>;
}

/** Asks as soon as the answer to the question before is there; every other time on a new connection. */
export function startProber(url: string, client: ClientOptions = {}): Prober {
  const agent = url.startsWith('https:') ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true });
  const outcomes: (number | string)[] = [];
  let isOver = false;
  const askAll = async (): Promise<void> => {
    while (!isOver) {
      const connection = outcomes.length % 2 === 0 ? {} : { agent };
      const outcome = await get(url, { ...client, ...connection }).then(({ status }) => status, String);
      outcomes.push(outcome);
    }
  };
  const asked = askAll();
  return {
    async end() {
      isOver = true;
      await asked;
      agent.destroy();
      return outcomes;
    },
  };
}
