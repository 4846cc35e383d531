// Runs the built program as a user does: a process of its own, real sockets.
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

export const PROGRAM = fileURLToPath(new URL('../../dist/netstat-exporter.js', import.meta.url));
/** Where npx starts it, npm installs it first. */
const START_TIMEOUT_MS = 60_000;

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the program until it ends by itself. */
export async function runProgram(...args: readonly string[]): Promise<Ended> {
  return untilEnded(spawn(process.execPath, [PROGRAM, ...args], { stdio: ['ignore', 'pipe', 'pipe'] }));
}

export interface RunningProgram extends AsyncDisposable {
  /** Of the first address that it listens on, without a path. */
  readonly url: string;
  readonly pid: number;
  /** All that it has said so far that it listens on: URLs as above; `fd=3` where that is a Unix socket, whose path it is not told. */
  listeners(): readonly string[];
  /** What it has logged so far. */
  log(): string;
  /** The metrics, as they are now; where anybody may read them over plain HTTP. */
  scrape(): Promise<string>;
  /** Sends the signal and waits for the end. */
  end(signal?: NodeJS.Signals): Promise<Ended>;
}

/** Starts the program on a free port of the loopback address, and waits until it listens. */
export async function startProgram(...args: readonly string[]): Promise<RunningProgram> {
  return startProgramIn({}, ...args);
}

/** The same, with these environment variables besides our own. */
export async function startProgramIn(
  environment: Readonly<Record<string, string>>,
  ...args: readonly string[]
): Promise<RunningProgram> {
  const child = spawn(process.execPath, [PROGRAM, '--web.listen-address=127.0.0.1:0', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  });
  const others = args.filter((arg) => arg.startsWith('--web.listen-address'));
  return untilListening(child, 1 + others.length);
}

/** A process that is the program, however it was started. */
export type ProgramProcess = ChildProcessByStdio<null, Readable, Readable>;

/** Where it serves instead, which would be for ever, it is killed, and its code is null. */
export async function untilEnded(child: ProgramProcess): Promise<Ended> {
  const [stdout, stderr] = [gather(child.stdout), gather(child.stderr)];
  child.stderr.on('data', () => {
    if (loggedListeners(stderr()).length > 0) child.kill('SIGKILL');
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout: stdout(), stderr: stderr() };
}

/** Waits until it says that it listens at so many places. Rejects where it does not start to. */
export async function untilListening(child: ProgramProcess, listeners = 1): Promise<RunningProgram> {
  const [stdout, log] = [gather(child.stdout), gather(child.stderr)];
  const closed = once(child, 'close');
  const end = async (signal: NodeJS.Signals = 'SIGTERM'): Promise<Ended> => {
    if (child.exitCode === null) child.kill(signal);
    const [code] = (await closed) as [number | null];
    return { code, stdout: stdout(), stderr: log() };
  };
  const deadlineMs = performance.now() + START_TIMEOUT_MS;
  while (loggedListeners(log()).length < listeners) {
    if (child.exitCode !== null || performance.now() > deadlineMs)
      throw new Error(`it did not start: ${(await end()).stderr}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const [url = ''] = loggedListeners(log());
  return {
    url,
    pid: child.pid ?? 0,
    listeners: () => loggedListeners(log()),
    log,
    scrape: async () => (await fetch(`${url}/metrics`)).text(),
    end,
    [Symbol.asyncDispose]: async () => void (await end('SIGKILL')),
  };
}

function loggedListeners(log: string): readonly string[] {
  const lines = log.matchAll(/msg=listening (?:url=(https?:\/\/[^/\s]+)|(fd=\d+)).*\n/g);
  return Array.from(lines, ([, url, descriptor = '']) => url ?? descriptor);
}

function gather(stream: NodeJS.ReadableStream): () => string {
  let text = '';
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  return () => text;
}
