// The programs that are measured as a whole: each is started, scraped and ended alike.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { fileURLToPath } from 'node:url';
import { findPeers, PROVIDED_BY } from '../../worlds/peers/programs.ts';

const OURS = fileURLToPath(new URL('../../../dist/netstat-exporter.js', import.meta.url));
const LINUX_EXECUTABLE = fileURLToPath(new URL('../../../build/exe/linux-x64/netstat-exporter', import.meta.url));
/** Far more than the slowest takes. */
const START_TIMEOUT_MS = 60_000;
const POLL_MS = 2;

/** How a program is run. */
export interface Launch {
  readonly command: string;
  readonly args: readonly string[];
  /** Besides those of this process. */
  readonly environment?: Readonly<Record<string, string>>;
  /** The port of 127.0.0.1 at which it serves `/metrics`. */
  readonly port: number;
  /** What stands in its first whole answer. */
  readonly metric: string;
}

const METRIC = 'netstat_tcp_connections';
const flags = (port: number): string[] => [`--web.listen-address=127.0.0.1:${port}`, '--log.level=error'];

/** The built program. */
export function ours(port: number, ownFlags: readonly string[] = [], nodeFlags: readonly string[] = []): Launch {
  return { command: process.execPath, args: [...nodeFlags, OURS, ...flags(port), ...ownFlags], port, metric: METRIC };
}

/** A single executable of this program, of Linux or, under Wine, of Windows. */
export function executable(command: string, port: number): Launch {
  return { command, args: flags(port), port, metric: METRIC };
}

/** That of Linux, where it has been built (`npm run build:exe`). */
export function linuxExecutable(port: number): Launch | undefined {
  return existsSync(LINUX_EXECUTABLE) ? executable(LINUX_EXECUTABLE, port) : undefined;
}

/** node_exporter with that collector alone which counts connections. */
export function nodeExporter(port: number): Launch {
  return nodeExporterWith(port, ['--collector.disable-defaults', '--collector.tcpstat'], 'node_tcp_connection_states');
}

/** node_exporter with these flags, which serves that metric. Parallel scrapes have no limit. */
export function nodeExporterWith(port: number, ownFlags: readonly string[], metric: string): Launch {
  const common = [`--web.listen-address=127.0.0.1:${port}`, '--web.max-requests=0', '--log.level=error'];
  return { command: peer('node_exporter'), args: [...ownFlags, ...common], port, metric };
}

/** The Collector that counts connections every ten seconds as this program does, and is scraped. */
export function hostmetrics(port: number): Launch {
  const config = {
    receivers: { hostmetrics: { collection_interval: '10s', initial_delay: '0s', scrapers: { network: {} } } },
    exporters: { prometheus: { endpoint: `127.0.0.1:${port}` } },
    service: {
      pipelines: { metrics: { receivers: ['hostmetrics'], exporters: ['prometheus'] } },
      telemetry: { metrics: { level: 'none' }, logs: { level: 'error' } },
    },
  };
  // JSON is YAML, too.
  const environment = { CONFIGURATION: JSON.stringify(config) };
  const args = ['--config=env:CONFIGURATION'];
  return { command: peer('collector'), args, environment, port, metric: 'system_network_connections' };
}

export const PEERS_BESIDE = ['node_exporter', 'collector'] as const;

/** The first that is missing, and how it is provided. */
export function peersObstacle(): string | undefined {
  const peers = findPeers();
  const missing = PEERS_BESIDE.find((name) => peers[name] === undefined);
  return missing === undefined ? undefined : `${missing} is missing; ${PROVIDED_BY[missing]}`;
}

/** By name, as they were packaged. */
export function peerVersions(): Readonly<Record<string, string>> {
  return Object.fromEntries(PEERS_BESIDE.map((name) => [name, readFileSync(`${peer(name)}.version`, 'utf8').trim()]));
}

function peer(name: (typeof PEERS_BESIDE)[number]): string {
  const path = findPeers()[name];
  if (path === undefined) throw new Error(`${name} is missing; ${PROVIDED_BY[name]}`);
  return path;
}

export interface Running extends AsyncDisposable {
  readonly pid: number;
  /** What it has written to stdout; all of it once it has ended. */
  output(): string;
  /** Gets the metrics, compressed, over a connection that is kept. Rejects for any answer but 200. */
  scrape(): Promise<void>;
  /** Asks it to end, and waits until it has. */
  end(): Promise<void>;
}

/** Starts it, and waits for its first answer that has everything in it. */
export async function start(launch: Launch): Promise<Running> {
  const child = spawn(launch.command, launch.args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...launch.environment },
  });
  const ended = once(child, 'close');
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk;
  });
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    agent.destroy();
    child.kill(signal);
    await ended;
  };
  try {
    await firstAnswer(child, launch);
  } catch (error) {
    await end('SIGKILL');
    throw error;
  }
  return {
    pid: child.pid ?? 0,
    output: () => output,
    scrape: async () => void (await answer(launch.port, { agent, headers: { 'accept-encoding': 'gzip' } })),
    end: () => end('SIGTERM'),
    [Symbol.asyncDispose]: () => end('SIGKILL'),
  };
}

async function firstAnswer(child: ChildProcess, { command, port, metric }: Launch): Promise<void> {
  const deadlineMs = performance.now() + START_TIMEOUT_MS;
  while (!(await answer(port, { agent: false }).catch(() => Buffer.alloc(0))).includes(metric)) {
    if (child.exitCode !== null) throw new Error(`${command} ended with code ${child.exitCode}`);
    if (performance.now() > deadlineMs) throw new Error(`${command} has not answered with ${metric}`);
    await sleep(POLL_MS);
  }
}

async function answer(port: number, options: object): Promise<Buffer> {
  const answered = Promise.withResolvers<Buffer>();
  const request = get({ host: '127.0.0.1', port, path: '/metrics', ...options }, (response) => {
    const chunks: Buffer[] = [];
    response.on('data', (chunk: Buffer) => chunks.push(chunk));
    response.on('end', () => {
      if (response.statusCode === 200) answered.resolve(Buffer.concat(chunks));
      else answered.reject(new Error(`port ${port} answered with ${response.statusCode}`));
    });
  });
  request.on('error', answered.reject);
  return answered.promise;
}

export async function sleep(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}
