// The programs of the incidents as a Windows service, under a name of its own (built by test/worlds/wine/build-service.ts).
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe } from 'vitest';
import { type Culprit, executableCalled } from '../incidents/incident-process.ts';
import { readServiceStatus, type ServiceStatus } from './service-status.ts';

const EXECUTABLE = fileURLToPath(new URL('../../build/windows-test/socket-service.exe', import.meta.url));
const SERVICE_PREFIX = 'NetstatExporterTest-';
const START_TIMEOUT_MS = 20_000;
const POLL_MS = 20;

/** Tests that start services. The compiler is on Linux. In CI the program has to be there: nothing is skipped. */
export function describeServices(name: string, tests: () => void): void {
  const isBuilt = process.env['CI'] !== undefined || existsSync(EXECUTABLE);
  describe.skipIf(!isBuilt)(`${name} (provided by: npm run test:windows on Linux)`, tests);
}

/** Makes the service, whose process is called `name` too. It runs once at a time. */
export function serviceCalled(name: string): Culprit {
  const service = `${SERVICE_PREFIX}${name}`;
  const { file, process, [Symbol.dispose]: removeFile } = executableCalled(name, EXECUTABLE);
  failureOf('sc', 'delete', service); // what an interrupted run has left
  succeed('sc', 'create', service, 'binPath=', `"${file}"`, 'start=', 'demand');
  return {
    process,
    services: service,
    start: async (program, ...args) => {
      // `net start` would wait until it runs, but passes no arguments on.
      succeed('sc', 'start', service, program, ...args.map(String));
      const { pid } = await whenRunning(service);
      return {
        pid,
        end: async () => succeed('net', 'stop', service),
        [Symbol.asyncDispose]: async () => void failureOf('net', 'stop', service),
      };
    },
    [Symbol.dispose]: () => {
      failureOf('sc', 'delete', service);
      removeFile();
    },
  };
}

async function whenRunning(service: string): Promise<ServiceStatus> {
  const deadlineMs = performance.now() + START_TIMEOUT_MS;
  for (;;) {
    const status = readServiceStatus(service);
    if (status.state === 'running') return status;
    if (status.state === 'stopped') throw new Error(`${service} has ended by itself: exit code ${status.exitCode}`);
    if (performance.now() > deadlineMs) throw new Error(`${service} does not run after ${START_TIMEOUT_MS} ms`);
    await sleep(POLL_MS);
  }
}

function succeed(command: 'sc' | 'net', ...args: readonly string[]): void {
  const failure = failureOf(command, ...args);
  if (failure !== undefined) throw new Error(failure);
}

/** Runs `sc` or `net`, and gives what it says when it fails; undefined when it does not. */
function failureOf(command: 'sc' | 'net', ...args: readonly string[]): string | undefined {
  const { status, stdout, stderr, error } = spawnSync(`${command}.exe`, args, { encoding: 'utf8' });
  return status === 0
    ? undefined
    : `${command} ${args.join(' ')}: ${error?.message ?? `${status} ${stdout} ${stderr}`}`;
}
