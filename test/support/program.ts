// Runs the built program as a user does: a process of its own, real sockets.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../../dist/netstat-exporter.js', import.meta.url));
const START_TIMEOUT_MS = 20_000;

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the program until it ends by itself. */
export async function runProgram(...args: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, [PROGRAM, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const [stdout, stderr] = [gather(child.stdout), gather(child.stderr)];
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout: stdout(), stderr: stderr() };
}

export interface RunningProgram extends AsyncDisposable {
  /** Of the server, without a path. */
  readonly url: string;
  readonly pid: number;
  /** What it has logged so far. */
  log(): string;
  /** The metrics, as they are now. */
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
  const [stdout, log] = [gather(child.stdout), gather(child.stderr)];
  const closed = once(child, 'close');
  const end = async (signal: NodeJS.Signals = 'SIGTERM'): Promise<Ended> => {
    if (child.exitCode === null) child.kill(signal);
    const [code] = (await closed) as [number | null];
    return { code, stdout: stdout(), stderr: log() };
  };
  const listening = (): string | undefined => /msg=listening url=(http:\/\/[^/\s]+)/.exec(log())?.[1];
  const deadlineMs = performance.now() + START_TIMEOUT_MS;
  while (listening() === undefined) {
    if (child.exitCode !== null || performance.now() > deadlineMs)
      throw new Error(`it did not start: ${(await end()).stderr}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const url = listening() ?? '';
  return {
    url,
    pid: child.pid ?? 0,
    log,
    scrape: async () => (await fetch(`${url}/metrics`)).text(),
    end,
    [Symbol.asyncDispose]: async () => void (await end('SIGKILL')),
  };
}

function gather(stream: NodeJS.ReadableStream): () => string {
  let text = '';
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  return () => text;
}
