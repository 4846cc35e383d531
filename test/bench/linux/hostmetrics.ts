// The OpenTelemetry Collector that counts connections, scrape by scrape: it tells in a trace how long each took.
import { findPeers, PROVIDED_BY } from '../../worlds/peers/programs.ts';
import { type Launch, type Running, sleep, start } from '../program/programs.ts';
import { cpuSeconds } from '../program/usage.ts';
import type { Cost } from './collecting.ts';

/** So short that it is always at it when it runs: it is stopped in between. */
const INTERVAL = '100ms';
const POLL_MS = 2;
const SCRAPE_TIMEOUT_MS = 60_000;
const SPAN = /"Name": "scraper\/network\/ScrapeMetrics"[\s\S]*?"StartTime": "([^"]+)",\s*"EndTime": "([^"]+)"/g;

export interface Hostmetrics extends AsyncDisposable {
  /** One scrape, while the program goes on; before and after it stands still. */
  scrape(): Promise<Cost>;
}

export async function startHostmetrics(port: number): Promise<Hostmetrics> {
  const program = await start(launch(port));
  process.kill(program.pid, 'SIGSTOP');
  const scrape = async (): Promise<Cost> => {
    process.kill(program.pid, 'SIGCONT');
    // The first to end may have been stopped in its middle.
    await nextSpan(program);
    const before = cpuSeconds(program.pid);
    const wallMs = await nextSpan(program);
    const cpuMs = (cpuSeconds(program.pid) - before) * 1_000;
    process.kill(program.pid, 'SIGSTOP');
    return { wallMs, cpuMs };
  };
  return { scrape, [Symbol.asyncDispose]: () => program[Symbol.asyncDispose]() };
}

function launch(port: number): Launch {
  const command = findPeers().collector;
  if (command === undefined) throw new Error(`collector is missing; ${PROVIDED_BY.collector}`);
  const config = {
    receivers: { hostmetrics: { collection_interval: INTERVAL, initial_delay: '0s', scrapers: { network: {} } } },
    exporters: { prometheus: { endpoint: `127.0.0.1:${port}` } },
    service: {
      pipelines: { metrics: { receivers: ['hostmetrics'], exporters: ['prometheus'] } },
      telemetry: {
        metrics: { level: 'none' },
        logs: { level: 'error' },
        traces: { level: 'normal', processors: [{ simple: { exporter: { console: {} } } }] },
      },
    },
  };
  // JSON is YAML, too.
  const environment = { CONFIGURATION: JSON.stringify(config) };
  return { command, args: ['--config=env:CONFIGURATION'], environment, port, metric: 'system_network_connections' };
}

/** How long the next scrape to end took, in milliseconds. */
async function nextSpan(program: Running): Promise<number> {
  const already = spansOf(program).length;
  const deadlineMs = performance.now() + SCRAPE_TIMEOUT_MS;
  while (performance.now() < deadlineMs) {
    const span = spansOf(program)[already];
    if (span !== undefined) return span;
    await sleep(POLL_MS);
  }
  throw new Error('the Collector does not scrape');
}

function spansOf(program: Running): number[] {
  return [...program.output().matchAll(SPAN)].map(([, begin = '', end = '']) => timeMs(end) - timeMs(begin));
}

/** Of `2026-01-31T10:00:00.123456789Z`, to the nanosecond: milliseconds since the beginning of that day. */
function timeMs(text: string): number {
  const [, hours, minutes, seconds] = /T(\d+):(\d+):([\d.]+)Z$/.exec(text) ?? [];
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000;
}
