// The exporter-toolkit as a program (test/worlds/peers/toolkit): what it says of configurations, and its server.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { findPeers, PROVIDED_BY } from '../../worlds/peers/programs.ts';
import { eventually } from '../eventually.ts';

const program = findPeers().toolkit;

/** For `describe.skipIf`, and for its name. */
export const IS_MISSING = program === undefined;
export const PROVIDED = PROVIDED_BY.toolkit;

/** More than thousands of verdicts take. */
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

/** As Go writes web.Config as JSON; what is not looked at is left out. */
export interface ToolkitConfig {
  readonly TLSConfig: {
    readonly TLSCertPath: string;
    readonly ClientAuth: string;
    readonly ClientAllowedSans: readonly string[] | null;
    /** By the numbers that TLS has for them. */
    readonly CurvePreferences: readonly number[] | null;
    readonly CipherSuites: readonly number[] | null;
    readonly MinVersion: number;
    readonly MaxVersion: number;
    readonly PreferServerCipherSuites: boolean;
  };
  readonly HTTPConfig: { readonly Header: Readonly<Record<string, string>> | null };
  /** The interval in nanoseconds. */
  readonly RateLimiterConfig: { readonly Burst: number; readonly Interval: number };
  readonly Users: Readonly<Record<string, string>> | null;
}

export interface Verdict {
  /** Empty: nothing is wrong. */
  readonly error: string;
  /** Null where something is wrong. */
  readonly config: ToolkitConfig | null;
}

/** What the toolkit has against each of these files, and what it reads in them, in their order. They are named from `folder`. */
export function validate(folder: string, files: readonly string[]): readonly Verdict[] {
  const { status, stdout, stderr } = spawnSync(program ?? '', ['validate', ...files], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: MAX_OUTPUT_BYTES,
  });
  if (status !== 0) throw new Error(`toolkit validate ended with ${status}: ${stderr}`);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

export interface RunningToolkit extends AsyncDisposable {
  readonly port: number;
  /** What it has logged so far, and why it refused a handshake. */
  log(): string;
}

/** Serves "ok" on every path of a port of the loopback address. */
export async function startToolkit(configFile: string): Promise<RunningToolkit> {
  const child = spawn(program ?? '', ['serve', '--config', configFile, '--address', '127.0.0.1:0'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [address, log] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    address += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    log += chunk;
  });
  const closed = once(child, 'close');
  const port = await eventually('the toolkit listens', () => {
    if (child.exitCode !== null) throw new Error(`the toolkit did not start: ${log}`);
    return /:(\d+)\n/.exec(address)?.[1];
  });
  return {
    port: Number(port),
    log: () => log,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await closed;
    },
  };
}
