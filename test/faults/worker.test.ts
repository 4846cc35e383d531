// World: this host; the built program, whose collection worker comes to an end.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { sampleValue } from '../support/exposition.ts';
import { PATIENCE } from '../support/patience.ts';
import { startProgramIn } from '../support/program.ts';

const MISHAPS = fileURLToPath(new URL('worker-mishap.mjs', import.meta.url));
const RESTARTS = 'netstat_exporter_collection_worker_restarts_total';
const TIMESTAMP = 'netstat_exporter_collection_timestamp_seconds';

const folder = mkdtempSync(join(tmpdir(), 'netstat-exporter-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('a collection worker', () => {
  it.each([
    ['throw', 'planted'],
    ['exit', 'the collection worker ended with code 7'],
  ])('that ends by "%s" is started again, and the program says so and goes on', async (mishap, reason) => {
    const file = join(folder, mishap);
    const environment = { NODE_OPTIONS: `--import ${MISHAPS}`, MISHAP: mishap, MISHAP_FILE: file };
    await using program = await startProgramIn(environment, '--collector.interval=1s', '--web.enable-live-view');
    const read = async (name: string) => sampleValue(await program.scrape(), name, {}) ?? Number.NaN;
    await vi.waitFor(async () => expect(await read(TIMESTAMP)).toBeGreaterThan(0), PATIENCE);

    writeFileSync(file, '');
    await vi.waitFor(async () => expect(await read(RESTARTS)).toBeGreaterThanOrEqual(2), PATIENCE);
    // What was read before is served meanwhile.
    expect(await program.scrape()).toContain('netstat_tcp_connections');

    rmSync(file);
    const before = await read(TIMESTAMP);
    await vi.waitFor(async () => expect(await read(TIMESTAMP)).toBeGreaterThan(before), PATIENCE);
    const log = program.log();
    expect(log).toContain('the collection worker had ended, and is started again');
    expect(log).toContain(reason);
    const { code, stderr } = await program.end();
    expect([code, stderr]).toEqual([0, expect.not.stringMatching(/^ +at /m)]);
  });
});
