// The servers whose scrapes are compared: with the same series each, which a recording has.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../support/free-port.ts';
import { recordingOf } from '../../support/recording.ts';
import { hostWithSeries } from '../program/many-series.ts';
import { type Launch, nodeExporterWith, ours, type Running, start } from '../program/programs.ts';
import { SERVER_PROCESSOR } from './load.ts';

const PROM_CLIENT_SERVER = fileURLToPath(new URL('prom-client-server.ts', import.meta.url));
const HOST = '127.0.0.1';
/** More than there are clients: by default both it and node_exporter refuse the 41st. */
const NO_LIMIT = 0;

export interface Server {
  readonly name: string;
  readonly url: string;
  readonly pid: number;
  readonly series: number;
}

export interface Servers extends AsyncDisposable {
  readonly all: readonly Server[];
}

/** About so many series: what every host has comes in addition. `more` flags are this program's. */
export async function startServers(series: number, more: readonly string[] = []): Promise<Servers> {
  await using stack = new AsyncDisposableStack();
  const folder = mkdtempSync(join(tmpdir(), 'netstat-exporter-bench-'));
  stack.defer(() => rmSync(folder, { recursive: true }));
  const recording = stack.use(recordingOf(hostWithSeries(series)));
  const limits = ['process', 'port', 'listener'].map((group) => `--collector.${group}.limit=${series}`);
  const flags = [recording.source, ...limits, `--web.max-requests=${NO_LIMIT}`, ...more];
  const all: Server[] = [];
  const add = async (name: string, launch: Launch): Promise<string> => {
    const running: Running = stack.use(await start(pinned(launch)));
    const url = `http://${HOST}:${launch.port}/metrics`;
    const text = await (await fetch(url)).text();
    all.push({ name, url, pid: running.pid, series: text.split('\n').filter((line) => /^[a-z]/.test(line)).length });
    return text;
  };
  const text = await add('this program', ours(await freePort(HOST), flags));
  const shared = join(folder, 'shared.prom');
  // The default metrics of Node.js the others have of their own.
  writeFileSync(shared, familiesOf(text, 'netstat_'));
  const port = await freePort(HOST);
  await add('prom-client on express', {
    command: process.execPath,
    args: [PROM_CLIENT_SERVER, shared, String(port)],
    port,
    metric: 'netstat_tcp_connections',
  });
  const textfile = ['--collector.disable-defaults', '--collector.textfile', `--collector.textfile.directory=${folder}`];
  await add(
    'node_exporter, the same from a text file',
    nodeExporterWith(await freePort(HOST), textfile, 'netstat_tcp_connections'),
  );
  // But for what only fails where no systemd runs, at each scrape with two lines.
  const usual = ['--no-collector.systemd', `--collector.textfile.directory=${mkdtempSync(join(folder, 'empty-'))}`];
  await add('node_exporter as it comes', nodeExporterWith(await freePort(HOST), usual, 'node_cpu_seconds_total'));
  const owned = stack.move();
  return { all, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

function pinned(launch: Launch): Launch {
  return {
    ...launch,
    command: 'taskset',
    args: ['--cpu-list', String(SERVER_PROCESSOR), launch.command, ...launch.args],
  };
}

/** The lines of the families whose names begin so. */
function familiesOf(text: string, prefix: string): string {
  const lines = text.split('\n').filter((line) => line.replace(/^# (?:HELP|TYPE) /, '').startsWith(prefix));
  return `${lines.join('\n')}\n`;
}
