// Measures the aggregation in a thread, as the program aggregates.
import { parentPort, workerData } from 'node:worker_threads';
import { type AttributionTask, attributionCost } from './attribution.ts';

const { host, how } = workerData as AttributionTask;
parentPort?.postMessage(attributionCost(host, how));
