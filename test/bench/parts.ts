// All benchmarks, in the order in which they run and stand in docs/performance.md.
import { attribution } from './attribution/attribution.ts';
import { decode } from './decode/decode.ts';
import type { Part } from './harness/part.ts';
import { linux } from './linux/part.ts';
import { liveView } from './live-view/live-view.ts';
import { program } from './program/part.ts';
import { push } from './push/part.ts';
import { freshScrape, scrape } from './scrape/scrape.ts';
import { terminal } from './terminal.ts';
import { text } from './text.ts';
import { web } from './web/web.ts';
import { windows } from './windows/windows.ts';
import { wine } from './wine/wine.ts';

export const PARTS: readonly Part[] = [
  decode,
  attribution,
  windows,
  wine,
  linux,
  scrape,
  freshScrape,
  text,
  program,
  push,
  web,
  liveView,
  terminal,
];
