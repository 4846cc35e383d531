// How long an executable takes from its start to its first scrape: node test/bench/executable.ts EXECUTABLE, or under Wine
// test/worlds/wine/run.sh test/bench/executable.ts 'Z:\project\build\exe\win32-x64\netstat-exporter.exe'.
import { startToFirstScrape } from './program.ts';

const [executable] = process.argv.slice(2);
if (executable === undefined) throw new Error('name the executable');
const { runs, medianMs, spreadMs } = await startToFirstScrape(executable);
const [low, high] = spreadMs.map((ms) => ms.toFixed(0));
console.log(`start to first scrape: ${medianMs.toFixed(0)} ms (${low} to ${high}, ${runs} runs)`);
