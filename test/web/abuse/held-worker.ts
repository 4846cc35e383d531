// A collection worker whose source never returns from a read while somebody holds it, and a viewer.
import { parentPort, workerData } from 'node:worker_threads';
import { serveCollections } from '../../../src/collector/serve.ts';
import type { Source } from '../../../src/sources/source.ts';
import { Viewer } from '../../../src/views/looking/viewer.ts';
import { manyEndpoints } from '../../support/many-endpoints.ts';
import { DEFAULT_SETTINGS } from '../../support/settings.ts';

/** 1 in the first: reads hang. 1 in the second: one does. */
export type Held = Int32Array<SharedArrayBuffer>;

const ENDPOINTS = 1_000;

if (parentPort === null) throw new Error('this is a worker of a test');
const held = workerData as Held;
const source: Source = {
  os: 'linux',
  machineId: undefined,
  read() {
    if (Atomics.load(held, 0) === 1) {
      Atomics.store(held, 1, 1);
      Atomics.wait(held, 0, 1);
      Atomics.store(held, 1, 0);
    }
    return manyEndpoints(ENDPOINTS);
  },
  close() {},
};
serveCollections(parentPort, source, DEFAULT_SETTINGS, new Viewer(DEFAULT_SETTINGS));
