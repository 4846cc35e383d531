// A web server with a live view whose worker answers what a test says.

import type { Look, Question } from '../../../src/views/looking/question.ts';
import type { WebOptions } from '../../../src/web/server.ts';
import { type RunningServer, startServer } from '../running-server.ts';

export const FILES = { script: 'document.title = "</nothing>";', style: 'body { color: #123456 }' };

export interface LookingServer extends RunningServer {
  /** What was asked, in order, with the collections that the client said it knows. */
  readonly asked: (readonly [Question, readonly string[]])[];
}

export function seen(text: string, collection = 'run-1', total = 1): Look {
  return { state: 'seen', collection, total, body: new TextEncoder().encode(text) };
}

/** Each look is answered by `look`. Ends with the test. */
export async function startLooking(
  look: (question: Question) => Look | Promise<Look>,
  changes: Partial<WebOptions> = {},
): Promise<LookingServer> {
  const asked: (readonly [Question, readonly string[]])[] = [];
  const running = await startServer({
    liveView: {
      files: FILES,
      intervalMs: 10_000,
      hosts: ['server01.example.net'],
      async look(question, known) {
        asked.push([question, known]);
        return look(question);
      },
    },
    ...changes,
  });
  return { ...running, asked };
}
