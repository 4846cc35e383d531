// The entry of the collection worker.

import { parentPort, workerData } from 'node:worker_threads';
import { serveCollections } from '../collector/serve.ts';
import { openSource } from '../sources/open.ts';
import type { CollectionSettings } from './collection-settings.ts';

if (parentPort === null) throw new Error('this is a worker of netstat-exporter, not a program');
const { source, reads, aggregation, liveView } = workerData as CollectionSettings;
const viewer = liveView ? new (await import('../views/looking/viewer.ts')).Viewer(aggregation) : undefined;
serveCollections(parentPort, await openSource(source, reads), aggregation, viewer);
