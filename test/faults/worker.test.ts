// World: this host; the built program, whose collection worker comes to an end.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { sampleValue } from '../support/exposition.ts';
import { parseRequest, pointsOf } from '../support/otlp-json.ts';
import { startHttpReceiver } from '../support/otlp-receiver.ts';
import { PATIENCE } from '../support/patience.ts';
import { startProgramIn } from '../support/program.ts';
import { recordingOf } from '../support/recording.ts';
import { snapshotOf } from '../support/snapshots.ts';

const MISHAPS = new URL('worker-mishap.mjs', import.meta.url).href;
const RESTARTS = 'netstat_exporter_collection_worker_restarts_total';
const TIMESTAMP = 'netstat_exporter_collection_timestamp_seconds';

/** On Windows a signal from a program ends another at once. */
const CODE_OF_END = process.platform === 'win32' ? null : 0;
const SEGMENTS = 'netstat.tcp.segments_received';

const folder = mkdtempSync(join(tmpdir(), 'netstat-exporter-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('a collection worker', () => {
  it.each([
    ['throw', 'planted'],
    ['exit', 'the collection worker ended with code 7'],
    ['fill the memory', 'reaching memory limit'],
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
    await vi.waitFor(async () => expect((await fetch(`${program.url}/api/v1/summary`)).status).toBe(200), PATIENCE);
    const log = program.log();
    expect(log).toContain('the collection worker had ended, and is started again');
    expect(log).toContain(reason);
    const { code, stderr } = await program.end();
    expect([code, stderr]).toEqual([CODE_OF_END, expect.not.stringMatching(/^ +at /m)]);
  });

  it('that is started again counts nothing twice in what is pushed', async () => {
    await using receiver = await startHttpReceiver((response) => response.end('{}'));
    const file = join(folder, 'pushing');
    const environment = { NODE_OPTIONS: `--import ${MISHAPS}`, MISHAP: 'exit', MISHAP_FILE: file };
    const otlp = [
      `--otlp.endpoint=http://127.0.0.1:${receiver.port}`,
      '--otlp.protocol=http/json',
      '--otlp.interval=1s',
    ];
    using recording = recordingOf(snapshotOf({ statistics: { tcp: { segmentsReceived: 1_000 } } }));
    const flags = ['--collector.interval=1s', '--otlp.temporality=delta', ...otlp, recording.source];
    await using program = await startProgramIn(environment, ...flags);
    const pushed = () => receiver.requests.flatMap(({ body }) => pointsOf(parseRequest(body)));
    const segments = () =>
      pushed()
        .filter(({ name }) => name === SEGMENTS)
        .map(({ value }) => value);
    await vi.waitFor(() => expect(segments().length).toBeGreaterThanOrEqual(2), PATIENCE);

    writeFileSync(file, '');
    await vi.waitFor(() => expect(program.log()).toContain('is started again'), PATIENCE);
    rmSync(file);
    const before = segments().length;
    await vi.waitFor(() => expect(segments().length).toBeGreaterThanOrEqual(before + 2), PATIENCE);
    // The recording's counter does not move, and what it had before the exporter began is no growth.
    expect(new Set(segments())).toEqual(new Set([0]));
  });
});
