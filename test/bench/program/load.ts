// What programs use of the machine by the hour, with so many sockets on it: all at the same time, in their default ways.

import type { Figure } from '../harness/figures.ts';
import { MIN_RUNS, summarize } from '../harness/figures.ts';
import { type Launch, type Running, sleep, start } from './programs.ts';
import { cpuSeconds, residentMb } from './usage.ts';

/** As Prometheus does. */
const SCRAPE_INTERVAL_MS = 15_000;
const SAMPLE_INTERVAL_MS = 10_000;
/** CPU time is that of so many intervals: three collections and two scrapes, wherever they begin. */
const INTERVALS_OF_A_RUN = 3;
/** Before anything is counted: starting is not what an hour is made of. */
const WARM_UP_MS = 20_000;
const SECONDS_PER_HOUR = 3_600;

export interface Load {
  readonly resident: Figure;
  readonly cpu: Figure;
}

/** Starts all of these, scrapes each every 15 s, and says what each used, by its name. Takes three and a half minutes. */
export async function loadsOf(launches: Readonly<Record<string, Launch>>): Promise<ReadonlyMap<string, Load>> {
  await using stack = new AsyncDisposableStack();
  const watched: Watched[] = [];
  for (const [name, launch] of Object.entries(launches))
    watched.push(new Watched(name, stack.use(await start(launch))));
  await using _scrapes = scrapeRegularly(watched.map(({ program }) => program));
  await sleep(WARM_UP_MS);
  for (let i = 0; i < MIN_RUNS + INTERVALS_OF_A_RUN; i++) {
    for (const one of watched) one.look();
    await sleep(SAMPLE_INTERVAL_MS);
  }
  return new Map(watched.map((one) => [one.name, one.load()]));
}

class Watched {
  readonly name: string;
  readonly program: Running;
  readonly #residentMb: number[] = [];
  readonly #looks: { readonly timeMs: number; readonly cpuSeconds: number }[] = [];

  constructor(name: string, program: Running) {
    this.name = name;
    this.program = program;
  }

  look(): void {
    const { pid } = this.program;
    this.#residentMb.push(residentMb(pid));
    this.#looks.push({ timeMs: performance.now(), cpuSeconds: cpuSeconds(pid) });
  }

  load(): Load {
    const runs = this.#looks.slice(INTERVALS_OF_A_RUN).map((end, index) => {
      const begin = this.#looks[index] ?? end;
      const hours = (end.timeMs - begin.timeMs) / 1_000 / SECONDS_PER_HOUR;
      return (end.cpuSeconds - begin.cpuSeconds) / hours;
    });
    return { resident: summarize(this.#residentMb, 'MB'), cpu: summarize(runs, 's/h') };
  }
}

/** Until it is disposed of. A scrape that fails then fails all. */
function scrapeRegularly(programs: readonly Running[]): AsyncDisposable {
  const scrapes: Promise<unknown>[] = [];
  const scrapeAll = (): void => {
    scrapes.push(...programs.map((program) => program.scrape()));
  };
  scrapeAll();
  const timer = setInterval(scrapeAll, SCRAPE_INTERVAL_MS);
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await Promise.all(scrapes);
    },
  };
}
