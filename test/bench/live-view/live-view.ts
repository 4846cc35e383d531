// Benchmark of the live view of a host with very many endpoints: what an update costs the browser, the server and whoever waits for it.
import { CHROMIUM, PROVIDED_BY } from '../../browser/chromium.ts';
import type { Figure } from '../harness/figures.ts';
import { type Cell, type Part, type PartResult, type Ratio, ratioOf, type Table } from '../harness/part.ts';
import { numberText } from '../harness/text.ts';
import { openSocketFarm } from '../socket-farm.ts';
import { churn } from './host.ts';
import { type Used, use } from './used.ts';
import { type Watched, watch } from './watched.ts';

const SOCKETS = 50_000;
const PROCESSES = 5;
/** A page of the list as a user first sees it: the others are measured by it. */
const FIRST_PAGE = 'the first page';

const ABOUT = `
The built program on this host with that many TCP sockets more, of which some come and go, a collection a second, and the list in headless Chromium on the same machine.
An update is the time of the page's main thread from an answer of the server to rows that are in the document; long tasks are those that blocked it for 50 ms and more. The server's main thread is the one that scrapes are answered by: its CPU time a second is told by the kernel,
without a page that looks and with one. Scrolling is hundreds of turns of the wheel, of half a window each; a frame is due all 16.7 ms. Answers of the API are asked for by turns, each a collection after the one before: what was made for an answer is kept until the next.
`;

export const liveView: Part = {
  name: 'live-view',
  title: 'The live view',
  about: ABOUT,
  obstacle: () => (CHROMIUM === undefined ? `Chromium is missing; ${PROVIDED_BY}` : undefined),
  run,
};

async function run(): Promise<PartResult> {
  await using _farm = await openSocketFarm(SOCKETS, PROCESSES);
  await using _churn = churn();
  const used = await use();
  const watched = await watch();
  return { tables: [pageTable(watched, used), serverTable(watched), answersTable(used)] };
}

function pageTable({ updates, longTasks }: Watched, used: Used): Table {
  return {
    title: 'In the page',
    columns: ['What', 'Time', 'At most', 'Long tasks', 'The longest of them'],
    rows: [
      ['an update of the list', ...timeCells(updates), ...taskCells(longTasks)],
      ['from frame to frame, scrolled', ...timeCells(used.frames), ...taskCells(used.longTasks)],
    ],
  };
}

function timeCells(figure: Figure): Cell[] {
  return [figure, `${numberText(figure.max)} ms`];
}

function taskCells(tasksMs: readonly number[]): Cell[] {
  return [tasksMs.length, tasksMs.length === 0 ? '–' : `${numberText(Math.max(...tasksMs))} ms`];
}

function serverTable({ alone, watched, blocks }: Watched): Table {
  const row = (name: string, figure: Figure, ratio: Ratio | string): Cell[] => [name, ...timeCells(figure), ratio];
  return {
    title: "The server's main thread",
    columns: ['What', 'Time', 'At most', 'Ratio to alone'],
    rows: [
      row('CPU time in a second, alone', alone, ratioOf(alone, alone)),
      row('CPU time in a second, watched by one page', watched, ratioOf(watched, alone)),
      row('the longest block of the event loop in two seconds', blocks, '–'),
    ],
  };
}

function answersTable({ answers }: Used): Table {
  const first = answers.get(FIRST_PAGE);
  const rows = [...answers].map(([name, figure]): Cell[] => [
    name,
    ...timeCells(figure),
    first === undefined ? '–' : ratioOf(figure, first),
  ]);
  return { title: 'Answers of the API', columns: ['What', 'Time', 'At most', `Ratio to ${FIRST_PAGE}`], rows };
}
