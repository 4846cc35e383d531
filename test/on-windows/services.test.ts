// World: Windows, as an administrator, or Wine (npm run test:windows); the built program, and a service built by
// test/worlds/wine/build-service.ts.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Culprit, RunningIncident } from '../incidents/incident-process.ts';
import { type ReadSample, readText, sampleValue } from '../support/exposition.ts';
import { freePort } from '../support/free-port.ts';
import { type RunningProgram, startProgram } from '../support/program.ts';
import { describeServices, serviceCalled } from './windows-service.ts';

let port: number;
let program: RunningProgram;
let service: Culprit;
let running: RunningIncident;

/** The samples of the service's process. */
async function ownSamples(): Promise<readonly ReadSample[]> {
  const { samples } = readText(await program.scrape());
  return samples.filter(({ labels }) => labels['process'] === service.process);
}

describeServices('a service that listens', () => {
  beforeAll(async () => {
    port = await freePort('127.0.0.1');
    program = await startProgram('--collector.interval=0');
    service = serviceCalled('listening-service');
  });

  afterAll(async () => {
    await program?.end('SIGKILL');
    await running?.[Symbol.asyncDispose]();
    service?.[Symbol.dispose]();
  });

  it('is named beside its process in the first collection after its start', async () => {
    expect(await ownSamples()).toEqual([]);
    running = await service.start('tcp-server', port);
    const samples = await ownSamples();
    expect(samples).not.toEqual([]);
    expect(samples.filter(({ labels }) => labels['services'] !== service.services)).toEqual([]);
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
    await running.end();
    expect(await ownSamples()).toEqual([]);
    expect(await program.scrape()).not.toContain(`port="${port}"`);
  });
});
