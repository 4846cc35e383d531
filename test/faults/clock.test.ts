// World: this Linux host; the built program, whose clock the test sets.
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { sampleValue } from '../support/exposition.ts';
import { type HttpReceiver, startHttpReceiver } from '../support/otlp-receiver.ts';
import { PATIENCE } from '../support/patience.ts';
import type { RunningProgram } from '../support/program.ts';
import { Faults, faultsObstacle } from '../worlds/faults/faults.ts';

const TIMESTAMP = 'netstat_exporter_collection_timestamp_seconds';
const HOUR = 3_600;
const YEAR = 365 * 24 * HOUR;

describe.skipIf(faultsObstacle !== undefined)(`a clock that is set (${faultsObstacle ?? 'faults.c'})`, () => {
  let faults: Faults;
  let receiver: HttpReceiver;
  let program: RunningProgram;
  beforeAll(async () => {
    faults = new Faults();
    receiver = await startHttpReceiver((response) => response.end('{}'));
    const push = [
      `--otlp.endpoint=http://127.0.0.1:${receiver.port}`,
      '--otlp.protocol=http/json',
      '--otlp.interval=1s',
    ];
    program = await faults.startProgram('--collector.interval=1s', '--otlp.temporality=delta', ...push);
  });
  afterAll(async () => {
    await program?.end('SIGKILL');
    await receiver?.[Symbol.asyncDispose]();
    faults?.[Symbol.dispose]();
  });

  const timestamp = async () => sampleValue(await program.scrape(), TIMESTAMP, {}) ?? Number.NaN;

  it.each([
    ['an hour ahead', HOUR],
    ['an hour back', -HOUR],
    ['a year ahead', YEAR],
    ['ten years back', -10 * YEAR],
    ['to what it was', 0],
  ])('%s changes what time it is, and nothing else', async (_, seconds) => {
    faults.setClockOff(seconds);
    const pushes = receiver.requests.length;
    const expected = Date.now() / 1_000 + seconds;
    await vi.waitFor(async () => expect(Math.abs((await timestamp()) - expected)).toBeLessThan(HOUR / 2), PATIENCE);
    expect((await fetch(`${program.url}/-/ready`)).status).toBe(200);
    expect(await program.scrape()).toContain('netstat_tcp_connections');
    await vi.waitFor(() => expect(receiver.requests.length).toBeGreaterThan(pushes + 2), PATIENCE);
    expect(program.log()).not.toMatch(/level=(?:warn|error)/);
  });

  it('never has a push end before it begins', () => {
    const spans = receiver.requests.flatMap(({ body }) => [
      ...body.toString().matchAll(/"startTimeUnixNano":"(\d+)","timeUnixNano":"(\d+)"/g),
    ]);
    expect(spans.length).toBeGreaterThan(50);
    for (const [, start = '', end = ''] of spans) expect(BigInt(start)).toBeLessThanOrEqual(BigInt(end));
  });
});
