// A receiver as a process of its own: it is ready when it is given out, and gone when the test is.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OtlpProtocol } from '../../src/outputs/otlp/settings.ts';
import { eventually } from './eventually.ts';
import type { Series } from './series.ts';

export interface Peer extends AsyncDisposable {
  /** Ends it without a chance to say so to anybody, as a crash does. */
  kill(): Promise<void>;
}

/** A peer that takes what is pushed. */
export interface Receiver extends Peer {
  /** Of the protocols that it takes, without the path of the signal. */
  readonly endpoints: Readonly<Partial<Record<OtlpProtocol, string>>>;
  /** What it offers of what it received: the latest value of each series. */
  series(): Promise<readonly Series[]>;
}

export interface PeerOptions {
  readonly program: string;
  readonly args: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** A folder of its own, which goes with it. */
  readonly folder: string;
  /** Answers with success once it is ready. */
  readonly readyUrl: string;
}

export function makeFolder(): string {
  return mkdtempSync(join(tmpdir(), 'netstat-exporter-peer-'));
}

export async function startPeer({ program, args, environment, folder, readyUrl }: PeerOptions): Promise<Peer> {
  const logFile = join(folder, 'log');
  const log = openSync(logFile, 'w');
  const child = spawn(program, args, { stdio: ['ignore', log, log], env: { ...process.env, ...environment } });
  closeSync(log);
  const ended = once(child, 'exit');
  const peer: Peer = {
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    async [Symbol.asyncDispose]() {
      await peer.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  const isReady = async (): Promise<true | undefined> => {
    if (child.exitCode !== null) throw new Error(`it ended with exit code ${child.exitCode}`);
    const response = await fetch(readyUrl).catch(() => undefined);
    return response?.ok || undefined;
  };
  try {
    await eventually(`an answer from ${readyUrl}`, isReady);
  } catch (error) {
    const said = readFileSync(logFile, 'utf8');
    await peer[Symbol.asyncDispose]();
    throw new Error(`${program} did not start; it said: ${said}`, { cause: error });
  }
  return peer;
}
