// The entry of the worker of the service commands: one question, one answer.

import { parentPort, workerData } from 'node:worker_threads';
import { TASKS } from './service/tasks.ts';
import type { TaskReply, TaskRequest } from './service/windows.ts';

if (parentPort === null) throw new Error('this is a worker of netstat-exporter, not a program');
const { name, args } = workerData as TaskRequest;
const task = TASKS[name] as (...args: readonly unknown[]) => unknown;
let reply: TaskReply;
try {
  reply = { result: await task(...args) };
} catch (error) {
  reply = { failure: error instanceof Error ? error.message : String(error) };
}
parentPort.postMessage(reply);
