// World: Windows, as an administrator, or Wine (npm run test:windows); the built program, and a service built by
// test/worlds/wine/build-service.ts.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ReadSample, readText, sampleValue } from '../support/exposition.ts';
import { freePort } from '../support/free-port.ts';
import { type RunningProgram, startProgram } from '../support/program.ts';

const SERVICE = 'NetstatExporterTest';
const EXECUTABLE = fileURLToPath(new URL('../../build/windows-test/listening-service.exe', import.meta.url));

/** Runs `sc` or `net`, and gives what it says when it fails; undefined when it does not. */
function failureOf(command: 'sc' | 'net', ...args: readonly string[]): string | undefined {
  const { status, stdout, stderr, error } = spawnSync(`${command}.exe`, args, { encoding: 'utf8' });
  return status === 0
    ? undefined
    : `${command} ${args.join(' ')}: ${error?.message ?? `${status} ${stdout} ${stderr}`}`;
}

let port: number;
let program: RunningProgram;

/** The samples of the service's process. */
async function ownSamples(): Promise<readonly ReadSample[]> {
  const { samples } = readText(await program.scrape());
  return samples.filter(({ labels }) => labels['process'] === 'listening-service.exe');
}

/** The compiler is on Linux. In CI the service has to be there: nothing is skipped. */
const isBuilt = process.env['CI'] !== undefined || existsSync(EXECUTABLE);

describe.skipIf(!isBuilt)('a service that listens (provided by: npm run test:windows on Linux)', () => {
  beforeAll(async () => {
    failureOf('sc', 'delete', SERVICE); // what an interrupted run has left
    port = await freePort('127.0.0.1');
    expect(failureOf('sc', 'create', SERVICE, 'binPath=', `"${EXECUTABLE}" ${port}`, 'start=', 'demand')).toBe(
      undefined,
    );
    expect(failureOf('net', 'start', SERVICE)).toBe(undefined);
    // After the service: which services there are is looked up at the first collection, and then from time to time.
    program = await startProgram('--collector.interval=0');
  });

  afterAll(async () => {
    await program?.end('SIGKILL');
    failureOf('net', 'stop', SERVICE);
    failureOf('sc', 'delete', SERVICE);
  });

  it('is named beside its process', async () => {
    const samples = await ownSamples();
    expect(samples).not.toEqual([]);
    expect(samples.filter(({ labels }) => labels['services'] !== SERVICE)).toEqual([]);
    const listening = samples.find(
      ({ name, labels }) => name === 'netstat_process_tcp_connections' && labels['state'] === 'listen',
    );
    expect(listening?.value).toBe('1');
  });

  it('listens on its port, and is not said to be the service of other processes', async () => {
    const text = await program.scrape();
    const listening = { port: String(port), state: 'listen' };
    expect(sampleValue(text, 'netstat_port_tcp_connections', listening)).toBe(1);
    const others = readText(text).samples.filter(({ labels }) => labels['process'] === 'node.exe');
    expect(others).not.toEqual([]);
    expect(others.filter(({ labels }) => labels['services'] !== undefined)).toEqual([]);
  });

  it('is found by reading the services without a failure', async () => {
    const part = 'services';
    expect(sampleValue(await program.scrape(), 'netstat_exporter_collection_success', { part })).toBe(1);
  });

  it('leaves nothing on /metrics when it has been stopped', async () => {
    expect(failureOf('net', 'stop', SERVICE)).toBe(undefined);
    expect(await ownSamples()).toEqual([]);
    expect(await program.scrape()).not.toContain(`port="${port}"`);
  });
});
