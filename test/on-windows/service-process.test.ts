// World: Windows, as an administrator, or Wine (npm run test:windows). A process that is a service, under the real service control manager.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PATIENCE } from '../support/patience.ts';
import { readServiceStatus, type ServiceStatus } from './service-status.ts';

const PROGRAM = fileURLToPath(new URL('./service-program.ts', import.meta.url));
const SERVICE = 'NetstatExporterTest-process';
const ROUNDS = 20;
const TIMEOUT_MS = 300_000;
const ERROR_SERVICE_SPECIFIC_ERROR = 1066;

function command(
  file: 'sc' | 'net',
  ...args: readonly string[]
): { readonly code: number | null; readonly said: string } {
  const { status, stdout, stderr } = spawnSync(`${file}.exe`, args, { encoding: 'utf8' });
  return { code: status, said: `${file} ${args.join(' ')}: ${stdout}${stderr}` };
}

function succeed(file: 'sc' | 'net', ...args: readonly string[]): void {
  const { code, said } = command(file, ...args);
  expect(code, said).toBe(0);
}

/** Makes the service, whose program behaves so; see service-program.ts. */
function create(manner: string): void {
  const path = `"${process.execPath}" "${PROGRAM}" ${SERVICE} ${manner}`;
  succeed('sc', 'create', SERVICE, 'binPath=', path, 'start=', 'demand');
}

async function whenStatus(expected: Partial<ServiceStatus>): Promise<ServiceStatus> {
  await vi.waitFor(() => expect(readServiceStatus(SERVICE)).toMatchObject(expected), PATIENCE);
  return readServiceStatus(SERVICE);
}

async function whenGone(pid: number): Promise<void> {
  await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow(), PATIENCE);
}

describe('a process that is a service', () => {
  beforeEach(() => void command('sc', 'delete', SERVICE)); // what an interrupted run has left
  afterEach(() => {
    command('net', 'stop', SERVICE);
    command('sc', 'delete', SERVICE);
  });

  it(`starts and stops ${ROUNDS} times`, { timeout: TIMEOUT_MS }, async () => {
    create('runs');
    for (let round = 1; round <= ROUNDS; round++) {
      succeed('net', 'start', SERVICE);
      const { pid } = await whenStatus({ state: 'running', exitCode: 0 });
      succeed('net', 'stop', SERVICE);
      await whenStatus({ state: 'stopped', exitCode: 0, specificExitCode: 0, pid: 0 });
      await whenGone(pid);
    }
  });

  it('tells its own exit code when it is stopped', async () => {
    create('fails');
    succeed('net', 'start', SERVICE);
    await whenStatus({ state: 'running' });
    succeed('net', 'stop', SERVICE);
    await whenStatus({ state: 'stopped', exitCode: ERROR_SERVICE_SPECIFIC_ERROR, specificExitCode: 2 });
  });

  it('tells its own exit code when it cannot start', async () => {
    create('cannot-start');
    command('net', 'start', SERVICE);
    await whenStatus({ state: 'stopped', exitCode: ERROR_SERVICE_SPECIFIC_ERROR, specificExitCode: 2 });
  });

  it('has ended for the service control manager when it ends by an error that nobody catches', async () => {
    create('crashes');
    succeed('net', 'start', SERVICE);
    const { pid } = await whenStatus({ state: 'running' });
    succeed('net', 'stop', SERVICE);
    await whenStatus({ state: 'stopped', exitCode: ERROR_SERVICE_SPECIFIC_ERROR, specificExitCode: 1 });
    await whenGone(pid);
  });

  it('is pending as long as it starts, and is not to be stopped before it runs', async () => {
    create('starts-slowly');
    succeed('sc', 'start', SERVICE);
    await whenStatus({ state: 'start_pending' });
    expect(command('sc', 'stop', SERVICE).code).not.toBe(0);
    await whenStatus({ state: 'running' });
    succeed('net', 'stop', SERVICE);
    await whenStatus({ state: 'stopped', exitCode: 0 });
  });

  it('is stopped while it does not look at its events', async () => {
    create('is-busy');
    succeed('net', 'start', SERVICE);
    await whenStatus({ state: 'running' });
    succeed('net', 'stop', SERVICE);
    await whenStatus({ state: 'stopped', exitCode: 0 });
  });

  it('ends though its event log hangs', async () => {
    create('cannot-write');
    succeed('net', 'start', SERVICE);
    const { pid } = await whenStatus({ state: 'running' });
    succeed('net', 'stop', SERVICE);
    await whenStatus({ state: 'stopped', exitCode: 0 });
    await whenGone(pid);
  });

  it('says how it is started when it was started otherwise', () => {
    const { status, stderr } = spawnSync(process.execPath, [PROGRAM, SERVICE, 'runs'], { encoding: 'utf8' });
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: expect.stringMatching(
        /^StartServiceCtrlDispatcherW failed: 1063 \(.+\); it is started as a service by: net start NetstatExporterTest-process\n$/,
      ),
    });
  });
});
