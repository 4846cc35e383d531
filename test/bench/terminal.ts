// Benchmark of `netstat-exporter connections`: long lists as text and as JSON, beside ss.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { manyEndpoints } from '../support/many-endpoints.ts';
import { PROGRAM } from '../support/program.ts';
import { recordingOf } from '../support/recording.ts';
import { type Figure, MIN_RUNS, summarize } from './harness/figures.ts';
import { type Part, type PartResult, ratioOf, type Table } from './harness/part.ts';
import { openSocketFarm } from './socket-farm.ts';

const SOCKETS = 20_000;
const FARM_PROCESSES = 4;
const RECORDED_ENDPOINTS = 100_000;
/** A line of a list is no shorter, whose owner it has. */
const MIN_LINE_BYTES = 60;
const WARM_UP_RUNS = 1;

const ABOUT = `
\`netstat-exporter connections\` from its start to its end, its output into a pipe that is read at once, and into a file. First of this host with real TCP sockets, beside \`ss -tunap\`, which prints as many lines of the same sockets with their owners;
then of a recording with more endpoints, where there is nothing to read from a kernel. What is compared runs by turns.
The start of Node.js is in each of our times.
`;

export const terminal: Part = { name: 'terminal', title: 'Lists in a terminal', about: ABOUT, obstacle, run };

type Command = readonly [program: string, ...args: string[]];

const SS: Command = ['ss', '-tunap'];
const OURS: Command = [process.execPath, PROGRAM, 'connections'];

function obstacle(): string | undefined {
  return spawnSync('ss', ['-V']).status === 0 ? undefined : 'ss is missing; provided by: apt-get install iproute2';
}

async function run(): Promise<PartResult> {
  const tables = [await liveTable(), await recordingTable()];
  const { stdout } = spawnSync('ss', ['-V'], { encoding: 'utf8' });
  return { tables, versions: { ss: stdout.replace(/^.*iproute2-/, '').trim() } };
}

async function liveTable(): Promise<Table> {
  await using _farm = await openSocketFarm(SOCKETS, FARM_PROCESSES);
  // Awaited, or the farm would be gone as soon as it has begun.
  return await comparison(`${SOCKETS.toLocaleString('en-US')} real TCP sockets`, SOCKETS, {
    '`ss -tunap`': SS,
    'netstat-exporter connections': OURS,
    'netstat-exporter connections --json': [...OURS, '--json'],
  });
}

async function recordingTable(): Promise<Table> {
  using recording = recordingOf(manyEndpoints(RECORDED_ENDPOINTS));
  return await comparison(
    `A recording with ${RECORDED_ENDPOINTS.toLocaleString('en-US')} endpoints`,
    RECORDED_ENDPOINTS,
    {
      text: [...OURS, recording.source],
      JSON: [...OURS, recording.source, '--json'],
    },
  );
}

/** The ratios are to the first of the commands, to the same place. */
async function comparison(
  title: string,
  endpoints: number,
  commands: Readonly<Record<string, Command>>,
): Promise<Table> {
  const names = Object.keys(commands);
  const pipe = new Map(names.map((name): [string, number[]] => [name, []]));
  const file = new Map(names.map((name): [string, number[]] => [name, []]));
  for (let i = 0; i < WARM_UP_RUNS + MIN_RUNS; i++) {
    for (const [name, command] of Object.entries(commands)) {
      const pipeMs = await timed(() => toPipe(command), endpoints);
      const fileMs = await timed(() => toFile(command), endpoints);
      if (i < WARM_UP_RUNS) continue;
      pipe.get(name)?.push(pipeMs);
      file.get(name)?.push(fileMs);
    }
  }
  const figure = (times: ReadonlyMap<string, number[]>, name: string): Figure => summarize(times.get(name) ?? [], 'ms');
  const [first = ''] = names;
  const rows = names.map((name) => {
    const [intoPipe, intoFile] = [figure(pipe, name), figure(file, name)];
    return [name, intoPipe, ratioOf(intoPipe, figure(pipe, first)), intoFile, ratioOf(intoFile, figure(file, first))];
  });
  const ratio = `Ratio to ${first}`;
  return { title, columns: ['Command', 'Into a pipe', ratio, 'Into a file', ratio], rows };
}

/** Throws where there are too few bytes for all the endpoints. */
async function timed(print: () => Promise<number>, endpoints: number): Promise<number> {
  const startMs = performance.now();
  const bytes = await print();
  const timeMs = performance.now() - startMs;
  if (bytes < endpoints * MIN_LINE_BYTES) throw new Error(`${bytes} bytes are too few for ${endpoints} endpoints`);
  return timeMs;
}

/** Returns how many bytes came. */
async function toPipe([program, ...args]: Command): Promise<number> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let bytes = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
  });
  await succeeded(program, once(child, 'close'));
  return bytes;
}

/** Returns how many bytes there are in it. */
async function toFile([program, ...args]: Command): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'netstat-exporter-bench-'));
  const path = join(folder, 'list');
  const output = openSync(path, 'w');
  try {
    await succeeded(program, once(spawn(program, args, { stdio: ['ignore', output, 'inherit'] }), 'close'));
    return statSync(path).size;
  } finally {
    closeSync(output);
    rmSync(folder, { recursive: true });
  }
}

async function succeeded(program: string, closed: Promise<unknown[]>): Promise<void> {
  const [code] = await closed;
  if (code !== 0) throw new Error(`${program} ended with ${code}`);
}
