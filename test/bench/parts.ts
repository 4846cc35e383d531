// All benchmarks, in the order in which they run and stand in docs/performance.md.
import type { Part } from './harness/part.ts';
import { liveView } from './live-view/live-view.ts';
import { program } from './program/part.ts';
import { push } from './push/part.ts';
import { terminal } from './terminal.ts';
import { web } from './web/web.ts';
import { wine } from './wine/wine.ts';

export const PARTS: readonly Part[] = [wine, program, push, web, liveView, terminal];
