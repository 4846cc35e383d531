// A collection worker on the stand-in, whose library the main thread has built and scripted.

import { parentPort, workerData } from 'node:worker_threads';
import { serveCollections } from '../../src/collector/serve.ts';
import type { WindowsLibraries } from '../../src/sources/windows/libraries.ts';
import { openSource } from '../sources/windows/standin-source.ts';
import { DEFAULT_SETTINGS } from '../support/settings.ts';
import { EVERYTHING } from '../support/source-options.ts';

if (parentPort === null) throw new Error('this is a worker of hanging-call-host.ts');
serveCollections(parentPort, openSource(workerData as WindowsLibraries, EVERYTHING), DEFAULT_SETTINGS);
