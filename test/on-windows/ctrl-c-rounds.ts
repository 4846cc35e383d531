// A program for the tests: ctrl-c-rounds.ts ROUNDS starts the exporter as often, one at a time, scrapes it, takes its
// pushes, ends it with Ctrl-C, and prints what came of it as a line of JSON. Ctrl-C goes to all programs of a console, so this one has to be
// started in a console of its own (windowsHide).
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import koffi from 'koffi';
import { startHttpReceiver } from '../support/otlp-receiver.ts';

const PROGRAM = fileURLToPath(new URL('../../dist/netstat-exporter.js', import.meta.url));
const CTRL_C_EVENT = 0;
/** Process group 0: all programs of this console. */
const WHOLE_CONSOLE = 0;

export interface Round {
  /** The metrics, as they were served; empty when the exporter never listened. */
  readonly metrics: string;
  /** How many pushes came. */
  readonly pushes: number;
  readonly code: number | null;
  readonly log: readonly string[];
}

const kernel32 = koffi.load('kernel32.dll');
/** GetConsoleProcessList function: fills in the process ids of the console's programs, and returns their number. */
const listConsole = kernel32.func('uint32_t __stdcall GetConsoleProcessList(void *pids, uint32_t count)');
const sendEvent = kernel32.func('int32_t __stdcall GenerateConsoleCtrlEvent(uint32_t event, uint32_t group)');

async function round(): Promise<Round> {
  await using receiver = await startHttpReceiver((response) => response.end());
  const flags = ['--web.listen-address=127.0.0.1:0', `--otlp.endpoint=http://127.0.0.1:${receiver.port}`];
  const child = spawn(process.execPath, [PROGRAM, ...flags], { stdio: ['ignore', 'ignore', 'pipe'] });
  const closed = once(child, 'close') as Promise<[number | null]>;
  const log: string[] = [];
  let metrics = '';
  for await (const line of createInterface(child.stderr)) {
    log.push(line);
    const url = /msg=listening url=(\S+)/.exec(line)?.[1];
    if (url === undefined) continue;
    metrics = await (await fetch(url)).text();
    if (sendEvent(CTRL_C_EVENT, WHOLE_CONSOLE) === 0) throw new Error('GenerateConsoleCtrlEvent failed');
  }
  const [code] = await closed;
  return { metrics, pushes: receiver.requests.length, code, log };
}

if (listConsole(new Uint32Array(1), 1) !== 1)
  throw new Error('this console has other programs, which Ctrl-C would end');
process.on('SIGINT', () => {}); // it reaches this program too
for (let rounds = Number(process.argv[2]); rounds > 0; rounds--) console.log(JSON.stringify(await round()));
process.exit(0);
