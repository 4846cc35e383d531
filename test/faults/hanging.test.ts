// World: this Linux host; the built program, whose calls to the kernel hang as the test sets it.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { sampleValue } from '../support/exposition.ts';
import { startHttpReceiver } from '../support/otlp-receiver.ts';
import { PATIENCE } from '../support/patience.ts';
import { startProgram } from '../support/program.ts';
import { Faults, faultsObstacle } from '../worlds/faults/faults.ts';

const FLAGS = ['--collector.interval=1s', '--collector.timeout=500ms'] as const;
const SKIPPED = 'netstat_exporter_collections_skipped_total';

/** A procfs in which the boot time, which is read when the source is opened, comes from a pipe that nobody writes to. */
function hangingProcfs(): string {
  const folder = mkdtempSync(join(tmpdir(), 'netstat-exporter-procfs-'));
  execFileSync('mkfifo', [join(folder, 'stat')]);
  return folder;
}

describe.skipIf(faultsObstacle !== undefined)(`a source that hangs (${faultsObstacle ?? 'faults.c'})`, () => {
  it('beyond its deadline is said once, serves what was read before, and is read again when it returns', async () => {
    using faults = new Faults();
    await using program = await faults.startProgram(...FLAGS);
    await vi.waitFor(async () => expect(await program.scrape()).toContain('netstat_tcp_connections'), PATIENCE);
    const overdue = () => program.log().match(/has not returned within/g)?.length ?? 0;
    const before = overdue();
    faults.set({ kind: 'hangs' });
    const skipped = async () => sampleValue(await program.scrape(), SKIPPED, {}) ?? 0;
    await vi.waitFor(async () => expect(await skipped()).toBeGreaterThanOrEqual(2), PATIENCE);
    expect(await program.scrape()).toContain('netstat_tcp_connections');
    expect((await fetch(`${program.url}/-/ready`)).status).toBe(200);
    expect(overdue()).toBe(before + 1);
    faults.set({ kind: 'none' });
    await vi.waitFor(() => expect(program.log()).toContain('collections return again'), PATIENCE);
    expect((await program.end()).code).toBe(0);
  });

  it('for a minute shows nothing of the host any more, and is not ready, until it returns', async () => {
    using faults = new Faults();
    await using program = await faults.startProgram(...FLAGS);
    await vi.waitFor(async () => expect(await program.scrape()).toContain('netstat_tcp_connections'), PATIENCE);
    const status = async (path: string) => (await fetch(`${program.url}${path}`)).status;
    faults.set({ kind: 'hangs' });
    await vi.waitFor(() => expect(faults.happened()).toBe(1), PATIENCE);
    faults.letPass(61);
    await vi.waitFor(async () => expect(await status('/-/ready')).toBe(503), PATIENCE);
    expect(await status('/metrics')).toBe(200);
    expect(await program.scrape()).not.toMatch(/^netstat_(?!exporter_)/m);
    expect(sampleValue(await program.scrape(), SKIPPED, {})).toBeGreaterThan(0);
    faults.set({ kind: 'none' });
    await vi.waitFor(async () => expect(await program.scrape()).toContain('netstat_tcp_connections'), PATIENCE);
    expect(await status('/-/ready')).toBe(200);
  });

  it('from the first collection on shows nothing, and is not ready', async () => {
    using faults = new Faults();
    faults.set({ kind: 'hangs' });
    await using program = await faults.startProgram(...FLAGS);
    const scrape = await fetch(`${program.url}/metrics`);
    expect([scrape.status, await scrape.text()]).toEqual([503, expect.stringContaining('no collection has succeeded')]);
    expect((await fetch(`${program.url}/-/ready`)).status).toBe(503);
    expect((await fetch(`${program.url}/-/healthy`)).status).toBe(200);
  });

  it('for ever does not keep the program from ending, nor its last push from being tried', async () => {
    using faults = new Faults();
    await using receiver = await startHttpReceiver((response) => response.end('{}'));
    const endpoint = `--otlp.endpoint=http://127.0.0.1:${receiver.port}`;
    await using program = await faults.startProgram(...FLAGS, endpoint, '--otlp.protocol=http/json');
    await vi.waitFor(() => expect(receiver.requests.length).toBeGreaterThan(0), PATIENCE);
    const pushes = receiver.requests.length;
    faults.set({ kind: 'hangs' });
    await vi.waitFor(() => expect(faults.happened()).toBe(1), PATIENCE);
    const { code, stderr } = await program.end();
    // Killed by itself: process.exit would wait for the thread that hangs.
    expect(code).toBeNull();
    expect(stderr).toContain('a call into the OS hangs: ending by force');
    expect(receiver.requests.length).toBeGreaterThan(pushes);
  });
});

describe.runIf(process.platform === 'linux')('a source that hangs while it is opened', () => {
  it('keeps the program neither from serving nor from ending', async () => {
    const procfs = hangingProcfs();
    onTestFinished(() => rmSync(procfs, { recursive: true }));
    await using program = await startProgram(...FLAGS, `--path.procfs=${procfs}`);
    expect((await fetch(`${program.url}/metrics`)).status).toBe(503);
    expect((await fetch(`${program.url}/-/healthy`)).status).toBe(200);
    await vi.waitFor(() => expect(program.log()).toContain('has not returned within --collector.timeout'), PATIENCE);
    const { code, stderr } = await program.end();
    expect([code, stderr]).toEqual([null, expect.stringContaining('a call into the OS hangs: ending by force')]);
  });
});
