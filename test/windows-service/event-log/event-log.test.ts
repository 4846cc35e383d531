// World 2 (the ABI stand-in): events on their way to the event log, which may fail, or hang.

import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { EventLog } from '../../../src/windows-service/event-log/event-log.ts';
import { PATIENCE } from '../../support/patience.ts';
import { scriptEventLog } from '../../worlds/service-standin/event-log.ts';
import { describeOnServiceStandin } from '../open-standin.ts';

const REGISTERED = 'RegisterEventSourceW(server=NULL, source="netstat-exporter")';
const DEREGISTERED = 'DeregisterEventSource(log=0xe7e7)';
const LONG_ENOUGH_MS = 30_000;

/** ReportEventW, as it is recorded. */
function event(type: number, id: number, text: string): string {
  return `ReportEventW(type=0x${type}, category=0x0, id=0x${id}, user=0x0, strings=0x1, data=0x0, text="${text}")`;
}

function information(text: string): string {
  return event(4, 3, text);
}

describeOnServiceStandin('the event log', (standin, libraries) => {
  const behave = scriptEventLog(standin);
  let log: EventLog;

  function openLog(): EventLog {
    log = new EventLog('netstat-exporter', libraries);
    return log;
  }

  afterEach(async () => {
    behave();
    await log.close(LONG_ENOUGH_MS);
  });

  function events(): string[] {
    return standin.calls().filter((call) => call.startsWith('ReportEventW'));
  }

  describe('that is used', () => {
    test('is not asked for anything before there is an event', async () => {
      await openLog().flush(LONG_ENOUGH_MS);
      expect(standin.calls()).toEqual([]);
    });

    test('gets each event with its type and an id of that type', async () => {
      const log = openLog();
      log.write('a', 'error');
      log.write('b', 'warning');
      log.write('c', 'information');
      await log.flush(LONG_ENOUGH_MS);
      expect(standin.calls()).toEqual([REGISTERED, event(1, 1, 'a'), event(2, 2, 'b'), event(4, 3, 'c')]);
      expect(log.lost).toBe(0);
    });

    test('gets the events in their order, those too that come while one is written', async () => {
      const log = openLog();
      const texts = Array.from({ length: 100 }, (_, index) => `event ${index}`);
      for (const text of texts) {
        log.write(text, 'information');
        if (text.endsWith('0')) await sleep(1);
      }
      await log.flush(LONG_ENOUGH_MS);
      expect(events()).toEqual(texts.map(information));
    });

    test('gets any text as UTF-16', async () => {
      const log = openLog();
      log.write('é😀 "%1"', 'information');
      await log.flush(LONG_ENOUGH_MS);
      expect(events()).toEqual([information('\\u00e9\\ud83d\\ude00 \\"% 1\\"')]);
    });

    test('gets no more of a text than it takes', async () => {
      const log = openLog();
      log.write('x'.repeat(100_000), 'information');
      await log.flush(LONG_ENOUGH_MS);
      expect(events()).toEqual([information(`${'x'.repeat(31_838)}\\u2026`)]);
    });

    test('is let go of at the end, after the last event, and gets no more', async () => {
      const log = openLog();
      log.write('a', 'information');
      log.write('b', 'information');
      const closed = log.close(LONG_ENOUGH_MS);
      log.write('c', 'information');
      await closed;
      expect(standin.calls()).toEqual([REGISTERED, information('a'), information('b'), DEREGISTERED]);
      log.write('d', 'information');
      await log.close(LONG_ENOUGH_MS);
      expect(standin.calls()).toEqual([REGISTERED, information('a'), information('b'), DEREGISTERED]);
      expect(log.lost).toBe(2);
    });

    test('is let go of at the end though all was written before', async () => {
      const log = openLog();
      log.write('a', 'information');
      await log.flush(LONG_ENOUGH_MS);
      expect(standin.calls()).toEqual([REGISTERED, information('a')]);
      await log.close(LONG_ENOUGH_MS);
      expect(standin.calls()).toEqual([REGISTERED, information('a'), DEREGISTERED]);
    });
  });

  describe('that gets 10,000 events at once', () => {
    test('gets the first 257, and the next one tells how many are missing before it', async () => {
      const log = openLog();
      for (let index = 0; index < 10_000; index++) log.write(`event ${index}`, 'information');
      expect(log.lost).toBe(9743);
      await log.flush(LONG_ENOUGH_MS);
      const written = Array.from({ length: 257 }, (_, index) => information(`event ${index}`));
      expect(events()).toEqual(written);
      log.write('next', 'information');
      log.write('and next', 'information');
      await log.flush(LONG_ENOUGH_MS);
      expect(events().slice(257)).toEqual([
        information('next (events lost before this one: 9743)'),
        information('and next'),
      ]);
      expect(log.lost).toBe(9743);
    });

    test('and fails then tells of all that are missing', async () => {
      const log = openLog();
      for (let index = 0; index < 300; index++) log.write(`event ${index}`, 'information');
      await log.flush(LONG_ENOUGH_MS);
      behave({ reportFailure: 1502 });
      log.write('next', 'information');
      await log.flush(LONG_ENOUGH_MS);
      behave();
      log.write('last', 'information');
      await log.flush(LONG_ENOUGH_MS);
      expect(events().at(-1)).toBe(information('last (events lost before this one: 44)'));
    });
  });

  describe('that fails', () => {
    test('loses the event, is registered anew, and gets the number with the next one', async () => {
      const log = openLog();
      behave({ reportFailure: 1502 });
      log.write('a', 'error');
      log.write('b', 'error');
      await log.flush(LONG_ENOUGH_MS);
      const failed = [REGISTERED, event(1, 1, 'a'), DEREGISTERED];
      const failedAgain = [REGISTERED, event(1, 1, 'b (events lost before this one: 1)'), DEREGISTERED];
      expect(standin.calls()).toEqual([...failed, ...failedAgain]);
      behave();
      log.write('c', 'error');
      log.write('d', 'error');
      await log.flush(LONG_ENOUGH_MS);
      expect(standin.calls().slice(6)).toEqual([
        REGISTERED,
        event(1, 1, 'c (events lost before this one: 2)'),
        event(1, 1, 'd'),
      ]);
      expect(log.lost).toBe(2);
    });

    test('to register writes nothing', async () => {
      const log = openLog();
      behave({ registerFailure: 1722 });
      log.write('a', 'error');
      await log.flush(LONG_ENOUGH_MS);
      expect(standin.calls()).toEqual([REGISTERED]);
      expect(log.lost).toBe(1);
      behave();
      log.write('b', 'error');
      await log.flush(LONG_ENOUGH_MS);
      expect(events()).toEqual([event(1, 1, 'b (events lost before this one: 1)')]);
    });

    test.each(['advapi32', 'kernel32'] as const)('since there is no %s throws nothing', async (library) => {
      log = new EventLog('netstat-exporter', { ...libraries, [library]: '/nowhere/absent.dll' });
      log.write('a', 'error');
      log.write('b', 'error');
      await log.flush(LONG_ENOUGH_MS);
      expect(log.lost).toBe(2);
    });
  });

  describe('that hangs', () => {
    test('holds up nobody: the event loop goes on, and the wait for it ends', async () => {
      const log = openLog();
      behave({ hangs: true });
      log.write('a', 'information');
      await vi.waitFor(() => expect(events()).toHaveLength(1), PATIENCE);
      const startMs = performance.now();
      await log.flush(50);
      await log.close(50);
      expect(performance.now() - startMs).toBeGreaterThanOrEqual(90);
      expect(standin.calls()).toEqual([REGISTERED, information('a')]);
    });

    test('takes 256 more to itself, and loses the rest', async () => {
      const log = openLog();
      behave({ hangs: true });
      log.write('a', 'information');
      await vi.waitFor(() => expect(events()).toHaveLength(1), PATIENCE);
      for (let index = 0; index < 300; index++) log.write(`${index}`, 'information');
      expect(log.lost).toBe(44);
      await log.close(10);
      expect(log.lost).toBe(300);
    });

    test('goes on where it was', async () => {
      const log = openLog();
      behave({ hangs: true });
      log.write('a', 'information');
      log.write('b', 'information');
      await vi.waitFor(() => expect(events()).toHaveLength(1), PATIENCE);
      behave();
      await log.flush(LONG_ENOUGH_MS);
      expect(events()).toEqual([information('a'), information('b')]);
    });
  });
});
