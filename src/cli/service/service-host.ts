// Running under Windows' service control manager: it is told of the state, and the event log gets the log.

import type { LogLevel } from '../../config/options.ts';
import { systemLibraries } from '../../sources/windows/libraries.ts';
import { EventLog, type EventType } from '../../windows-service/event-log/event-log.ts';
import type { ServiceLibraries } from '../../windows-service/libraries.ts';
import { startServiceProcess } from '../../windows-service/running/service-process.ts';
import type { Host } from '../host.ts';
import { SERVICE } from './definition.ts';

const EVENT_TYPES: Readonly<Record<LogLevel, EventType>> = {
  debug: 'information',
  info: 'information',
  warn: 'warning',
  error: 'error',
};
/** Of the three seconds that the end may take, most have gone by then. */
const LAST_EVENTS_TIMEOUT_MS = 150;
/** Why there was no start, or a sudden end, is told nowhere else: worth waiting for, even at the busy start of a host. */
const REASON_TIMEOUT_MS = 5_000;
/** That of Node.js for what nobody catches. */
const EXIT_UNCAUGHT = 1;

/** Rejects, in one line, when the program was not started as a service. */
export async function serviceHost(libraries: ServiceLibraries = systemLibraries()): Promise<Host> {
  const service = await startServiceProcess(SERVICE.name, libraries);
  const events = new EventLog(SERVICE.name, libraries);
  const host: Host = {
    log: { write: (line, level) => events.write(line.trimEnd(), EVENT_TYPES[level]) },
    toldToEnd: () => service.toldToEnd,
    started: () => service.running(),
    async ended(exitCode, reason) {
      if (reason !== undefined) events.write(reason, 'error');
      await events.close(reason === undefined ? LAST_EVENTS_TIMEOUT_MS : REASON_TIMEOUT_MS);
      await service.stopped(exitCode);
    },
  };
  // There is no console that would show it. Windows takes the exit code for a failure, and starts the service again.
  process.once('uncaughtException', async (error) => {
    await host.ended(EXIT_UNCAUGHT, error.stack ?? error.message);
    process.exit(EXIT_UNCAUGHT);
  });
  return host;
}
