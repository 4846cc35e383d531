// The main thread's side of what the service commands ask of Windows: one worker for each question.

import { Worker } from 'node:worker_threads';
import type { Done } from '../../windows-service/managing/service-definition.ts';
import { workerEntry } from '../workers.ts';
import type { TASKS } from './tasks.ts';

type Tasks = typeof TASKS;
export type TaskName = keyof Tasks;
export type TaskResult<Name extends TaskName> = Awaited<ReturnType<Tasks[Name]>>;

export interface TaskRequest {
  readonly name: TaskName;
  readonly args: readonly unknown[];
}
export type TaskReply = { readonly result: unknown } | { readonly failure: string };

/** Resolves when the worker has ended, and with it has let go of its native code. Rejects with what Windows refused, in one line. */
export async function askWindows<Name extends TaskName>(
  name: Name,
  ...args: Parameters<Tasks[Name]>
): Promise<TaskResult<Name>> {
  const worker = new Worker(workerEntry('service-worker'), { workerData: { name, args } satisfies TaskRequest });
  const reply = await new Promise<TaskReply>((resolve, reject) => {
    let last: TaskReply | undefined;
    worker.on('message', (message: TaskReply) => {
      last = message;
    });
    worker.on('error', reject);
    worker.on('exit', (code) =>
      last === undefined ? reject(new Error(`the service worker ended with code ${code}`)) : resolve(last),
    );
  });
  if ('failure' in reply) throw new Error(reply.failure);
  return reply.result as TaskResult<Name>;
}

/** What was done, or why not: for what the service works without. */
export async function tried(asked: Promise<readonly string[]>): Promise<Done> {
  try {
    return { changes: await asked, problems: [] };
  } catch (error) {
    return { changes: [], problems: [error instanceof Error ? error.message : String(error)] };
  }
}
