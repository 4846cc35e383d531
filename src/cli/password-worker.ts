// The entry of the password worker.

import { parentPort } from 'node:worker_threads';
import { serveComparisons } from '../web/passwords/compare.ts';

if (parentPort === null) throw new Error('this is a worker of netstat-exporter, not a program');
serveComparisons(parentPort);
