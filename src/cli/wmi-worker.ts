// The entry of the WMI worker: one question, one answer.

import { isMainThread, workerData } from 'node:worker_threads';
import { answerRequest, type WmiRequest } from '../sources/windows/wmi/request.ts';

if (isMainThread) throw new Error('this is a worker of netstat-exporter, not a program');
answerRequest(workerData as WmiRequest);
