// World 2 (the ABI stand-in): when WMI is asked for the dynamic port ranges, and what is returned meanwhile.

import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { EphemeralRange } from '../../../../src/model/ephemeral.ts';
import { defaultEphemeralRanges } from '../../../../src/sources/windows/ephemeral-ranges.ts';
import {
  DEADLINE_MS,
  DynamicPortRanges,
  FIRST_ANSWER_WAIT_MS,
  INTERVAL_MS,
} from '../../../../src/sources/windows/wmi/dynamic-port-ranges.ts';
import { NOTHING_LEFT } from '../../../worlds/standin/com.ts';
import { describeOnCom } from '../com/open-com.ts';

const WORKER = new URL('../../../../src/cli/wmi-worker.ts', import.meta.url);
const MODULE = new URL('../../../../src/sources/windows/wmi/dynamic-port-ranges.ts', import.meta.url);
const UNAVAILABLE = 'ConnectServer(root\\StandardCimv2) failed: 0x800706BA (RPC_S_SERVER_UNAVAILABLE)';

const script = (code: string): URL => new URL(`data:text/javascript,${encodeURIComponent(code)}`);

function ranges(first: number, last: number): EphemeralRange[] {
  return (['tcp', 'udp'] as const).flatMap((protocol) => [
    { protocol, family: 'ipv4', first, last, source: 'wmi', reserved: [] },
    { protocol, family: 'ipv6', first, last, source: 'assumed', reserved: [] },
  ]);
}

describeOnCom('the dynamic port ranges', (com, libraries) => {
  const opened: DynamicPortRanges[] = [];
  const started: Worker[] = [];
  const count = (worker: Worker): void => void started.push(worker);
  const { wait } = Atomics;
  let waitedOn: Int32Array = new Int32Array();
  const waitForEver = ((array: Int32Array, index: number, value: number) => {
    waitedOn = array;
    return wait(array, index, value);
  }) as typeof Atomics.wait;

  function open(worker = WORKER, files = libraries) {
    const dynamic = new DynamicPortRanges(worker, files);
    opened.push(dynamic);
    return {
      close: () => dynamic.close(),
      read() {
        const report: { fallback?: string } = {};
        return { ranges: dynamic.read(report), fallback: report.fallback };
      },
      /** Reads until it says so. */
      async readUntil(isSaid: (fallback: string | undefined) => boolean) {
        for (;;) {
          const read = this.read();
          if (isSaid(read.fallback)) return read;
          await sleep(5);
        }
      },
    };
  }

  /** How many threads were started. Node tells of each a moment later. */
  async function countStarted(): Promise<number> {
    await sleep(0);
    return started.length;
  }

  /** Makes WMI say that all ranges are this one. */
  function know(first: number, portCount: number): void {
    const range = { DynamicPortRangeStartPort: first, DynamicPortRangeNumberOfPorts: portCount };
    com.objects('MSFT_NetTCPSetting', { SettingName: 'Internet', ...range });
    com.objects('MSFT_NetUDPSetting', range);
  }

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['performance'] });
    process.on('worker', count);
  });

  afterEach(async () => {
    com.hang(undefined);
    for (const dynamic of opened.splice(0)) dynamic.close();
    await countStarted();
    for (const worker of started.splice(0)) await worker.terminate();
    process.off('worker', count);
    vi.restoreAllMocks();
    vi.useRealTimers();
  });

  test('are asked for hourly, waited for a second, and given up after ten', () => {
    expect([INTERVAL_MS, FIRST_ANSWER_WAIT_MS, DEADLINE_MS]).toEqual([3_600_000, 1000, 10_000]);
  });

  test('are those that WMI answers, from the first read on', () => {
    const first = { DynamicPortRangeStartPort: 1025, DynamicPortRangeNumberOfPorts: 60_000 };
    com.objects('MSFT_NetTCPSetting', { SettingName: 'Internet', ...first });
    com.objects('MSFT_NetUDPSetting', { DynamicPortRangeStartPort: 50_000, DynamicPortRangeNumberOfPorts: 100 });
    // However slow this machine is.
    const waited = vi.spyOn(Atomics, 'wait').mockImplementation(waitForEver);
    const dynamic = open();
    const expected = [...ranges(1025, 61_024).slice(0, 2), ...ranges(50_000, 50_099).slice(2)];
    expect(dynamic.read()).toEqual({ ranges: expected });
    expect(waited).toHaveBeenCalledExactlyOnceWith(expect.anything(), 0, 0, FIRST_ANSWER_WAIT_MS);
    // An answer that comes before anybody waits would not be waited for.
    expect(Atomics.load(waitedOn, 0)).toBe(1);
    expect(com.leftovers()).toEqual(NOTHING_LEFT);
    expect(dynamic.read()).toEqual({ ranges: expected });
    expect(waited).toHaveBeenCalledOnce();
  });

  test('are the documented default while a call of WMI hangs, which says so after the deadline, and is waited for only once', async () => {
    const waited = vi.spyOn(Atomics, 'wait').mockReturnValue('timed-out');
    know(1025, 100);
    com.hang('ConnectServer');
    const dynamic = open();
    const unanswered = {
      ranges: defaultEphemeralRanges(),
      fallback: 'the documented default, because WMI has not answered yet',
    };
    expect(dynamic.read()).toEqual(unanswered);
    vi.advanceTimersByTime(DEADLINE_MS - 1);
    expect(dynamic.read()).toEqual(unanswered);
    vi.advanceTimersByTime(1);
    expect(dynamic.read()).toEqual({
      ranges: defaultEphemeralRanges(),
      fallback: 'the documented default, because WMI did not answer within 10 s',
    });
    expect(waited).toHaveBeenCalledOnce();
    // No second question while the first is unanswered, however long ago it was asked.
    vi.advanceTimersByTime(INTERVAL_MS * 3);
    dynamic.read();
    while (com.calls('ConnectServer') === 0) await sleep(5);
    dynamic.read();
    expect(await countStarted()).toBe(1);
    // An answer that is late is used.
    com.hang(undefined);
    expect(await dynamic.readUntil((fallback) => fallback === undefined)).toMatchObject({ ranges: ranges(1025, 1124) });
  });

  test('are the documented default with the reason when WMI fails, and are asked for again after an hour', async () => {
    com.step('ConnectServer', 0x8007_06ba);
    const dynamic = open();
    const failed = await dynamic.readUntil((fallback) => fallback?.includes('failed') === true);
    expect(failed.ranges).toEqual(defaultEphemeralRanges());
    expect(failed.fallback).toBe(
      `the documented default, because ${UNAVAILABLE}; see whether the service Winmgmt runs`,
    );
    com.step('ConnectServer', 0);
    know(1025, 100);
    vi.advanceTimersByTime(INTERVAL_MS - 1);
    expect(dynamic.read()).toEqual(failed);
    expect(await countStarted()).toBe(1);
    vi.advanceTimersByTime(1);
    expect(await dynamic.readUntil((fallback) => fallback === undefined)).toMatchObject({ ranges: ranges(1025, 1124) });
    expect(await countStarted()).toBe(2);
  });

  test('stay what they were when WMI fails later, with the reason, and change when it answers anew', async () => {
    know(1025, 100);
    const dynamic = open();
    await dynamic.readUntil((fallback) => fallback === undefined);
    com.step('ConnectServer', 0x8007_06ba);
    vi.advanceTimersByTime(INTERVAL_MS);
    const failed = await dynamic.readUntil((fallback) => fallback !== undefined);
    expect(failed.ranges).toEqual(ranges(1025, 1124));
    expect(failed.fallback).toContain(`what WMI answered before, because ${UNAVAILABLE}`);
    com.reset();
    know(2000, 10);
    vi.advanceTimersByTime(INTERVAL_MS);
    expect(await dynamic.readUntil((fallback) => fallback === undefined)).toMatchObject({ ranges: ranges(2000, 2009) });
  });

  test('are the documented default when what WMI answers makes no sense', async () => {
    know(60_000, 6000);
    const { ranges: read, fallback } = await open().readUntil((said) => said?.includes('yet') === false);
    expect(read).toEqual(defaultEphemeralRanges());
    expect(fallback).toBe(
      'the documented default, because MSFT_NetTCPSetting says that the dynamic port range is 6000 ports from 60000',
    );
  });

  test.each([
    ['throws', script('throw new Error("no heap")'), 'the WMI worker failed: no heap'],
    ['throws what is no error', script('throw "no heap"'), 'the WMI worker failed: no heap'],
    ['ends', script('process.exit(3)'), 'the WMI worker failed: it ended with code 3'],
    ['is not there', new URL('file:///Z:/nowhere/worker.js'), 'the WMI worker failed: Cannot find module'],
    ['cannot be started', new URL('https://[::1]/worker.js'), 'the WMI worker cannot be started: '],
  ])(
    'are the documented default when the worker %s; it is started again hourly, not at once',
    async (_how, worker, why) => {
      vi.spyOn(Atomics, 'wait').mockReturnValue('timed-out');
      const dynamic = open(worker);
      const failed = await dynamic.readUntil((fallback) => fallback?.includes('yet') === false);
      expect(failed.ranges).toEqual(defaultEphemeralRanges());
      expect(failed.fallback).toContain(`the documented default, because ${why}`);
      const startedOnce = await countStarted();
      vi.advanceTimersByTime(INTERVAL_MS - 1);
      expect(dynamic.read()).toEqual(failed);
      expect(await countStarted()).toBe(startedOnce);
      vi.advanceTimersByTime(1);
      dynamic.read();
      expect(await countStarted()).toBe(startedOnce * 2);
    },
  );

  test('are the documented default when COM cannot be loaded', async () => {
    const dynamic = open(WORKER, { ...libraries, ole32: '/nowhere/absent.dll' });
    const { fallback } = await dynamic.readUntil((said) => said?.includes('yet') === false);
    expect(fallback).toMatch(/^the documented default, because loading \/nowhere\/absent\.dll failed: \S/);
  });

  test('can be closed at any time, also while a call hangs', async () => {
    vi.spyOn(Atomics, 'wait').mockReturnValue('timed-out');
    com.hang('Next');
    know(1025, 100);
    const dynamic = open();
    dynamic.close();
    dynamic.read();
    while (com.calls('Next') === 0) await sleep(5);
    dynamic.close();
    dynamic.close();
    expect(com.calls('Next')).toBe(1);
  });

  test('end, when they are closed, the thread that asks', async () => {
    vi.spyOn(Atomics, 'wait').mockReturnValue('timed-out');
    const dynamic = open(script('setInterval(() => {}, 1000)'));
    dynamic.read();
    await countStarted();
    const ended = Promise.all(started.map((worker) => once(worker, 'exit')));
    dynamic.close();
    expect(await ended).toHaveLength(1);
  });

  test('keep no process alive', () => {
    const code = `
      const { DynamicPortRanges } = await import(${JSON.stringify(MODULE.href)});
      const worker = new URL(${JSON.stringify(script('setInterval(() => {}, 1000)').href)});
      new DynamicPortRanges(worker, ${JSON.stringify(libraries)}).read({});`;
    const cwd = fileURLToPath(new URL('.', import.meta.url));
    const { status } = spawnSync(process.execPath, ['--input-type=module', '--eval', code], { cwd, stdio: 'ignore' });
    expect(status).toBe(0);
  });
});
