// What was built: set by scripts/build.ts.

import type { Build } from '../metrics/exporter-metrics.ts';

declare const BUILD_VERSION: string;
declare const BUILD_REVISION: string;

export const BUILD: Build = { version: BUILD_VERSION, revision: BUILD_REVISION };
