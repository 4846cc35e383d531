// A program that is a Windows service, with the product's own modules: node.exe service-program.ts NAME MANNER
//
//   runs             until it is told to end, and ends well
//   fails            the same, but ends with exit code 2
//   cannot-start     ends with exit code 2 without having run
//   starts-slowly    runs after longer than the first report of its start is good for
//   is-busy          does not look at its events for a while, when it runs
//   crashes          throws what nobody catches, when it is told to end
//   cannot-write     runs, while its event log hangs (the stand-in)
//
// What keeps it from being a service is on stderr, and it ends with exit code 1.
import { setTimeout as sleep } from 'node:timers/promises';
import { systemLibraries } from '../../src/sources/windows/libraries.ts';
import { EventLog } from '../../src/windows-service/event-log/event-log.ts';
import { type ServiceProcess, startServiceProcess } from '../../src/windows-service/running/service-process.ts';
import { scriptEventLog } from '../worlds/service-standin/event-log.ts';
import { openServiceStandin } from '../worlds/service-standin/service-standin.ts';

const SLOW_MS = 3_500;
const BUSY_MS = 1_000;
/** Wine takes one that has stopped before it looked for one that has not answered (ERROR_SERVICE_REQUEST_TIMEOUT). */
const SEEN_STARTING_MS = 1_000;
const LAST_EVENTS_TIMEOUT_MS = 150;

const [name = '', manner = ''] = process.argv.slice(2);
try {
  await run(await startServiceProcess(name, systemLibraries()));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
}

async function run(service: ServiceProcess): Promise<void> {
  if (manner === 'cannot-start') {
    await sleep(SEEN_STARTING_MS);
    return end(service, 2);
  }
  if (manner === 'starts-slowly') await sleep(SLOW_MS);
  const events = new EventLog(name, manner === 'cannot-write' ? hangingLibraries() : systemLibraries());
  service.running();
  if (manner === 'is-busy') keepBusy();
  events.write('the service runs', 'information');
  if (manner === 'crashes') {
    await service.toldToEnd;
    queueMicrotask(() => {
      throw new Error('nobody catches this');
    });
  }
  events.write(`${await service.toldToEnd}`, 'information');
  await events.close(LAST_EVENTS_TIMEOUT_MS);
  await end(service, manner === 'fails' ? 2 : 0);
}

async function end(service: ServiceProcess, exitCode: number): Promise<never> {
  await service.stopped(exitCode);
  process.exit(exitCode);
}

function hangingLibraries(): { readonly advapi32: string; readonly kernel32: string } {
  const standin = openServiceStandin();
  scriptEventLog(standin)({ hangs: true });
  return { advapi32: standin.file, kernel32: standin.file };
}

function keepBusy(): void {
  const endMs = performance.now() + BUSY_MS;
  while (performance.now() < endMs);
}
