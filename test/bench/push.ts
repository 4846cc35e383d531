// Benchmarks of the push: what it costs the main thread, beside the SDK's own instruments, and what it adds to the program.
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import type { TcpRow } from '../../src/sources/replay/format.ts';
import { writeRecording } from '../../src/sources/replay/write.ts';
import { snapshotOf } from '../support/snapshots.ts';
import { type Result, summarize } from './measure.ts';
import { type Load, watch } from './program.ts';
import type { PushCost } from './push-process.ts';

const PROCESS = fileURLToPath(new URL('push-process.ts', import.meta.url));
/** Each in a process of its own: the first push of one is what a user's first push is. */
const FIRST_PUSHES = 7;

export async function pushCost(how: 'producer' | 'instruments', series: number) {
  const costs: PushCost[] = [];
  for (let i = 0; i < FIRST_PUSHES; i++) {
    const { stdout } = await promisify(execFile)(process.execPath, [PROCESS, how, String(series)]);
    costs.push(JSON.parse(stdout));
  }
  const mean = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0) / numbers.length;
  const first: Result = summarize(
    `${how}, the first push`,
    costs.map(({ firstBlockMs }) => firstBlockMs),
  );
  const others: Result = summarize(
    `${how}, the others`,
    costs.flatMap(({ blocksMs }) => blocksMs),
  );
  return {
    first,
    others,
    cpuMsPerPush: mean(costs.map((cost) => cost.cpuMsPerPush)),
  };
}

/** The built program on a recording with about so many series, each time for so long. */
export async function withAndWithoutPush(series: number, seconds: number) {
  const folder = mkdtempSync(join(tmpdir(), 'netstat-exporter-bench-'));
  const file = join(folder, 'many.jsonl');
  const receivers = { http: await startReceiver('http'), grpc: await startReceiver('grpc') };
  try {
    writeFileSync(file, [...writeRecording(manyListeners(series))].join(''));
    const flags = [`--source=replay:${file}`, '--collector.process.limit=10000', '--collector.port.limit=10000'];
    const endpoint = ({ port }: Receiver): string => `--otlp.endpoint=http://127.0.0.1:${port}`;
    const push = ['--otlp.interval=1s', '--otlp.compression=gzip'];
    return {
      without: await watch(flags, seconds),
      overHttp: await watch([...flags, ...push, endpoint(receivers.http)], seconds),
      overGrpc: await watch([...flags, ...push, endpoint(receivers.grpc), '--otlp.protocol=grpc'], seconds),
    } satisfies Record<string, Load>;
  } finally {
    await Promise.all(Object.values(receivers).map(({ worker }) => worker.terminate()));
    rmSync(folder, { recursive: true });
  }
}

interface Receiver {
  readonly worker: Worker;
  readonly port: number;
}

async function startReceiver(protocol: 'http' | 'grpc'): Promise<Receiver> {
  const worker = new Worker(new URL('push-receiver.ts', import.meta.url), { argv: [protocol] });
  const [port] = (await once(worker, 'message')) as [number];
  return { worker, port };
}

/** Processes with a port each: three states of the process and three of the port. */
function manyListeners(series: number) {
  const FIRST_PORT = 1_024;
  const pids = Array.from({ length: Math.ceil(series / 6) }, (_, i) => i + 1);
  return snapshotOf({
    tcp4: pids.map((pid): TcpRow => ['listen', '0.0.0.0', FIRST_PORT + pid, '0.0.0.0', 0, pid]),
    processes: pids.map((pid) => [pid, `process-${pid}`, `unit-${pid}.service`]),
  });
}
