// The main thread's side of what the service commands ask of Windows: one worker for each question.

import { Worker } from 'node:worker_threads';
import type { Done } from '../../windows-service/managing/service-definition.ts';
import { sayLine } from '../stderr.ts';
import { workerEntry } from '../workers.ts';
import type { TASKS } from './tasks.ts';

type Tasks = typeof TASKS;
type TaskName = keyof Tasks;
type TaskResult<Name extends TaskName> = Awaited<ReturnType<Tasks[Name]>>;

export interface TaskRequest {
  readonly name: TaskName;
  readonly args: readonly unknown[];
}
export type TaskReply = { readonly result: unknown } | { readonly failure: string };

/** A start takes up to a minute, and so does the end of a service that is stopped. */
const ANSWER_TIMEOUT_MS = 90_000;

/** Resolves when the worker has ended, and with it has let go of its native code. Rejects with what Windows refused, in one line. */
export async function askWindows<Name extends TaskName>(
  name: Name,
  ...args: Parameters<Tasks[Name]>
): Promise<TaskResult<Name>> {
  const worker = new Worker(workerEntry('service-worker'), { workerData: { name, args } satisfies TaskRequest });
  const timer = setTimeout(() => endByForce(name), ANSWER_TIMEOUT_MS);
  const reply = await new Promise<TaskReply>((resolve, reject) => {
    let last: TaskReply | undefined;
    worker.on('message', (message: TaskReply) => {
      last = message;
    });
    worker.on('error', reject);
    worker.on('exit', (code) =>
      last === undefined ? reject(new Error(`the service worker ended with code ${code}`)) : resolve(last),
    );
  }).finally(() => clearTimeout(timer));
  if ('failure' in reply) throw new Error(reply.failure);
  return reply.result as TaskResult<Name>;
}

/** A worker that hangs in a call never ends, and process.exit would wait for it. */
function endByForce(name: TaskName): void {
  const seconds = ANSWER_TIMEOUT_MS / 1000;
  void sayLine(`netstat-exporter: service: Windows has not answered (${name}) within ${seconds} s`).then(() =>
    process.kill(process.pid, 'SIGKILL'),
  );
}

/** What was done, or why not: for what the service works without. */
export async function tried(asked: Promise<readonly string[]>): Promise<Done> {
  try {
    return { changes: await asked, problems: [] };
  } catch (error) {
    return { changes: [], problems: [error instanceof Error ? error.message : String(error)] };
  }
}
