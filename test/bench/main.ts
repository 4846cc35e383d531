// `npm run bench`: prints every benchmark. `npm run bench -- decode`, `-- attribution`, `-- program`, `-- push`, `-- web` or `-- live-view` runs one part.
import { build } from '../../scripts/build.ts';
import { attributionCostInWorker } from './attribution.ts';
import { decodeAndAggregate } from './decode-aggregate.ts';
import { liveViewCosts, type TimedResult } from './live-view.ts';
import type { Result } from './measure.ts';
import { type Load, startToFirstScrape, underLoad } from './program.ts';
import { pushCost, withAndWithoutPush } from './push.ts';
import { refusals, scrapes } from './web.ts';

const LOADS = [
  { sockets: 1_000, processes: 2, seconds: 120 },
  { sockets: 50_000, processes: 5, seconds: 60 },
] as const;

/** Beside a small host, one at the size that the exporter is made for. */
const ATTRIBUTED_HOSTS = [
  { endpoints: 1_000, processes: 100, listeningPorts: 50 },
  { endpoints: 100_000, processes: 2_000, listeningPorts: 500 },
] as const;

const PUSHED_SERIES = 10_000;
const PUSH_SECONDS = 60;

const VIEWED = { sockets: 50_000, seconds: 30 } as const;

const [part] = process.argv.slice(2);

if (part === undefined || part === 'decode') {
  console.log('Rows of GetExtendedTcpTable decoded and counted by state, process and port:');
  for (const rows of [100_000, 10_000, 1_000]) {
    const { c, ours } = decodeAndAggregate(rows);
    print(c);
    print(ours, `${(ours.medianMs / c.medianMs).toFixed(2)} x C`);
  }
}

if (part === undefined || part === 'attribution') {
  for (const host of ATTRIBUTED_HOSTS) {
    const { processes, listeningPorts } = host;
    console.log(`Aggregation with everything on, ${processes} processes, ${listeningPorts} listening ports:`);
    for (const how of ['stable', 'churning'] as const) {
      const { time, allocatedKb, series } = await attributionCostInWorker(host, how);
      print(time, `${allocatedKb.toFixed(0)} KB of garbage, ${series} series`);
    }
  }
}

if (part === undefined || part === 'program') {
  await build();
  console.log('The built program on this host:');
  print(await startToFirstScrape());
  for (const { sockets, processes, seconds } of LOADS) {
    const load = await underLoad(sockets, processes, seconds);
    printLoad(`${load.sockets} TCP sockets`, load);
  }
}

if (part === undefined || part === 'push') {
  await build();
  console.log(`A push of ${PUSHED_SERIES} series; the longest block of the event loop:`);
  for (const how of ['producer', 'instruments'] as const) {
    const { first, others, cpuMsPerPush } = await pushCost(how, PUSHED_SERIES);
    print(first);
    print(others, `${cpuMsPerPush.toFixed(1)} ms CPU a push`);
  }
  console.log('The built program on a recording of many processes and ports:');
  const { without, overHttp, overGrpc } = await withAndWithoutPush(PUSHED_SERIES, PUSH_SECONDS);
  printLoad('without a push', without);
  printLoad('with a push a second over HTTP', overHttp);
  printLoad('with a push a second over gRPC', overGrpc);
}

if (part === undefined || part === 'web') {
  await build();
  console.log('The built program, open and closed:');
  for (const { name, kept, anew, residentMb } of await scrapes()) {
    print(kept, `${residentMb.toFixed(1)} MB resident (${name})`);
    print(anew);
  }
  for (const cost of [10, 12]) {
    const { known, unknown, deviation } = await refusals(cost);
    print(known);
    print(unknown, `ranks ${deviation.toFixed(2)} standard deviations from chance`);
  }
}

if (part === undefined || part === 'live-view') {
  await build();
  console.log(`The live view of the built program on this host, with ${VIEWED.sockets} TCP sockets more:`);
  const { used, watched } = await liveViewCosts(VIEWED.sockets, VIEWED.seconds);
  printTimed(watched.updates);
  printLongTasks('watched', watched.longTasksMs);
  const { aloneMs, updateMs, eventLoop } = watched.mainThread;
  console.log(
    `  main thread of the server: ${aloneMs.toFixed(1)} ms CPU a second alone, ${updateMs.toFixed(1)} ms more for an update; event loop delay in ms: ${eventLoop}`,
  );
  printTimed(used.frames);
  printLongTasks('scrolled', used.longTasksMs);
  used.answers.forEach(printTimed);
}

function printLoad(name: string, load: Load): void {
  const { residentMb, peakResidentMb, cpuSecondsPerHour, series, eventLoop } = load;
  console.log(
    `${name}, ${series} series: ${residentMb.toFixed(1)} MB resident, ${peakResidentMb.toFixed(1)} MB at most, ${cpuSecondsPerHour.toFixed(0)} CPU s/h at 10 s; event loop delay in ms: ${eventLoop}`,
  );
}

function print({ name, runs, medianMs, spreadMs }: Result, note = ''): void {
  const [low, high] = spreadMs;
  console.log(
    `  ${name.padEnd(30)} ${medianMs.toFixed(3)} ms (${low.toFixed(3)} to ${high.toFixed(3)}, ${runs} runs) ${note}`,
  );
}

function printTimed(result: TimedResult): void {
  print(result, `at most ${result.maxMs.toFixed(1)} ms`);
}

function printLongTasks(when: string, tasksMs: readonly number[]): void {
  const [longest = 0] = tasksMs.toSorted((one, other) => other - one);
  console.log(`  long tasks of the page, ${when}: ${tasksMs.length}, at most ${longest.toFixed(0)} ms`);
}
