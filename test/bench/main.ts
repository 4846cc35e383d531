// `npm run bench`: prints every benchmark. `npm run bench -- decode` or `-- program` runs one part.
import { build } from '../../scripts/build.ts';
import { decodeAndAggregate } from './decode-aggregate.ts';
import type { Result } from './measure.ts';
import { startToFirstScrape, underLoad } from './program.ts';

const LOADS = [
  { sockets: 1_000, processes: 2, seconds: 120 },
  { sockets: 50_000, processes: 5, seconds: 60 },
] as const;

const [part] = process.argv.slice(2);

if (part === undefined || part === 'decode') {
  console.log('Rows of GetExtendedTcpTable decoded and counted by state, process and port:');
  for (const rows of [100_000, 10_000, 1_000]) {
    const { c, ours } = decodeAndAggregate(rows);
    print(c);
    print(ours, `${(ours.medianMs / c.medianMs).toFixed(2)} x C`);
  }
}

if (part === undefined || part === 'program') {
  await build();
  console.log('The built program on this host:');
  print(await startToFirstScrape());
  for (const { sockets, processes, seconds } of LOADS) {
    const load = await underLoad(sockets, processes, seconds);
    const { residentMb, cpuSecondsPerHour, series, eventLoop } = load;
    console.log(
      `${load.sockets} TCP sockets, ${series} series: ${residentMb.toFixed(1)} MB resident, ${cpuSecondsPerHour.toFixed(0)} CPU s/h at 10 s; event loop delay in ms: ${eventLoop}`,
    );
  }
}

function print({ name, runs, medianMs, spreadMs }: Result, note = ''): void {
  const [low, high] = spreadMs;
  console.log(
    `  ${name.padEnd(28)} ${medianMs.toFixed(3)} ms (${low.toFixed(3)} to ${high.toFixed(3)}, ${runs} runs) ${note}`,
  );
}
