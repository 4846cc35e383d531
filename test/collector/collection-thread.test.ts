// World: none; worker threads whose code the test writes.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CollectionThread } from '../../src/collector/collection-thread.ts';
import { parseQuestion } from '../../src/views/looking/question.ts';
import { PATIENCE } from '../support/patience.ts';

/** A worker of this code; `port`, `data` and `reply(kind)` are at hand. */
function threadOf(code: string, data: object = {}, onRestart?: (reason: Error) => void): CollectionThread {
  const prelude = `
    import { parentPort as port, workerData as data } from 'node:worker_threads';
    const samples = { timestampMs: 1, bootTimeMs: 0, parts: {}, foldedGroups: {}, families: [] };
    const source = { machineId: 'abc' };
    const reply = (kind) => port.postMessage({ kind, source, samples, message: 'broken' });
    const onClose = (message) => message.kind === 'close' && port.close();`;
  return new CollectionThread(new URL(`data:text/javascript,${encodeURIComponent(prelude + code)}`), data, onRestart);
}

const WORKING = `
  port.on('message', (message) => message.kind === 'collect' ? reply('collected') : port.close());
  reply('opened');`;

describe('the collection thread', () => {
  it('collects again and again, and ends when it is closed', async () => {
    const thread = threadOf(WORKING);
    await thread.open();
    expect((await thread.collect()).timestampMs).toBe(1);
    expect((await thread.collect()).timestampMs).toBe(1);
    expect(await thread.close(10_000)).toBe(true);
  });

  it('tells what is known of the source when it is open, and whoever asks later', async () => {
    const thread = threadOf(WORKING);
    expect(await thread.open()).toEqual({ machineId: 'abc' });
    await thread.collect();
    expect(await thread.open()).toEqual({ machineId: 'abc' });
    expect(await thread.close(10_000)).toBe(true);
  });

  it('opens by itself for the first collection', async () => {
    const thread = threadOf(WORKING);
    expect((await thread.collect()).timestampMs).toBe(1);
    expect(await thread.close(10_000)).toBe(true);
  });

  it('tells why its source could not be opened', async () => {
    const thread = threadOf(`throw new Error('there is no such file: ' + data.file);`, { file: 'x' });
    await expect(thread.open()).rejects.toThrow('there is no such file: x');
    await expect(thread.collect()).rejects.toThrow('there is no such file: x');
    expect(await thread.close(10_000)).toBe(true);
  });

  it('says what was thrown in a collection, and goes on', async () => {
    const thread = threadOf(`
      let count = 0;
      port.on('message', (message) => message.kind === 'close' ? port.close() : reply(count++ === 0 ? 'failed' : 'collected'));
      reply('opened');`);
    await expect(thread.collect()).rejects.toThrow('broken');
    expect((await thread.collect()).timestampMs).toBe(1);
    expect(await thread.close(10_000)).toBe(true);
  });

  describe('of a worker that ends by itself', () => {
    beforeEach(() => vi.useFakeTimers({ toFake: ['performance'] }));
    afterEach(() => vi.useRealTimers());

    /** Ends in each collection but the ones of these numbers. */
    const MORTAL = `
      port.on('message', (message) => {
        if (message.kind === 'close') port.close();
        else if (data.lives.includes(Atomics.add(data.marks, 0, 1))) reply('collected');
        else process.exit(7);
      });
      reply('opened');`;

    function mortal(...lives: readonly number[]) {
      const marks = new Int32Array(new SharedArrayBuffer(4));
      const restarts: string[] = [];
      const thread = threadOf(MORTAL, { marks, lives }, ({ message }) => void restarts.push(message));
      return { thread, restarts, asked: () => Atomics.load(marks, 0) };
    }

    it('starts another, at the first collection after a pause, and says so', async () => {
      const { thread, restarts, asked } = mortal(1);
      await expect(thread.collect()).rejects.toThrow('the collection worker ended with code 7');
      vi.advanceTimersByTime(999);
      await expect(thread.collect()).rejects.toThrow('the collection worker ended with code 7');
      expect([asked(), restarts]).toEqual([1, []]);
      vi.advanceTimersByTime(1);
      expect((await thread.collect()).timestampMs).toBe(1);
      expect(restarts).toEqual(['the collection worker ended with code 7']);
      expect(await thread.close(10_000)).toBe(true);
    });

    it('pauses for ever longer, up to a minute, and begins anew after a collection', async () => {
      const { thread, asked } = mortal(8);
      const dies = () => expect(thread.collect()).rejects.toThrow('the collection worker ended with code 7');
      await dies();
      for (const [index, seconds] of [1, 2, 4, 8, 16, 32, 60].entries()) {
        vi.advanceTimersByTime(seconds * 1_000 - 1);
        await dies();
        expect(asked()).toBe(index + 1);
        vi.advanceTimersByTime(1);
        await dies();
        expect(asked()).toBe(index + 2);
      }
      vi.advanceTimersByTime(60_000);
      expect((await thread.collect()).timestampMs).toBe(1);
      await dies();
      vi.advanceTimersByTime(1_000);
      await dies();
      expect(asked()).toBe(11);
    });

    it.each([
      ['throws where nobody catches it', `setTimeout(() => { throw new Error('lost'); })`, 'lost'],
      ['rejects where nobody handles it', `Promise.reject(new Error('lost'))`, 'lost'],
      ['runs out of memory', `for (const all = []; ; ) all.push(Array(1_000_000).fill(0))`, 'memory limit'],
    ])('tells why, where it %s', async (_, code, reason) => {
      const thread = threadOf(`port.on('message', () => { ${code}; }); reply('opened');`);
      await expect(thread.collect()).rejects.toThrow(reason);
    });

    it('says nothing of a worker that was closed', async () => {
      const { thread, restarts } = mortal(0);
      await thread.collect();
      expect(await thread.close(10_000)).toBe(true);
      expect(restarts).toEqual([]);
    });
  });

  it('does not wait for a worker that hangs', async () => {
    const release = new Int32Array(new SharedArrayBuffer(4));
    const hanging = new Int32Array(new SharedArrayBuffer(4));
    const thread = threadOf(
      `
      const hang = () => { Atomics.store(data.hanging, 0, 1); Atomics.wait(data.release, 0, 0); };
      port.on('message', (message) => message.kind === 'close' ? port.close() : hang());
      reply('opened');`,
      { release, hanging },
    );
    await thread.open();
    const collection = thread.collect();
    await vi.waitFor(() => expect(Atomics.load(hanging, 0)).toBe(1), PATIENCE);
    expect(await thread.close(100)).toBe(false);
    Atomics.store(release, 0, 1);
    Atomics.notify(release, 0);
    await expect(collection).rejects.toThrow('ended with code 0');
  });

  it('refuses a second collection while one is under way', async () => {
    const thread = threadOf(WORKING);
    const first = thread.collect();
    await expect(thread.collect()).rejects.toThrow('a collection is under way');
    await first;
    expect(await thread.close(10_000)).toBe(true);
  });
});

describe('looks at the collections', () => {
  const QUESTION = parseQuestion('summary', new URLSearchParams());
  const ANSWERING = `
    port.on('message', ({ kind, number, known }) => {
      if (kind === 'close') port.close();
      else if (kind === 'collect') reply('collected');
      else if (known[0] === 'throw') port.postMessage({ kind: 'look_failed', number, message: 'broken' });
      else if (known[0] === 'die') process.exit(7);
      else if (known[0] !== 'hang') setTimeout(() => port.postMessage({ kind: 'looked', number, look: { state: 'known', collection: known[0] } }), Number(known[0]));
    });
    reply('opened');`;

  it('have each their own answer, in whatever order they come', async () => {
    const thread = threadOf(ANSWERING);
    await thread.open();
    const looks = ['30', '1', '10'].map((collection) => thread.look(QUESTION, [collection]));
    expect(await Promise.all(looks)).toEqual(['30', '1', '10'].map((collection) => ({ state: 'known', collection })));
    expect((await thread.collect()).timestampMs).toBe(1);
    expect(await thread.close(10_000)).toBe(true);
  });

  it('see nothing while no worker runs', async () => {
    expect(await threadOf(ANSWERING).look(QUESTION, [])).toEqual({ state: 'pending' });
  });

  it('say what was thrown, and go on', async () => {
    const thread = threadOf(ANSWERING);
    await thread.open();
    await expect(thread.look(QUESTION, ['throw'])).rejects.toThrow('broken');
    expect(await thread.look(QUESTION, ['1'])).toEqual({ state: 'known', collection: '1' });
    expect(await thread.close(10_000)).toBe(true);
  });

  it('end with the worker', async () => {
    const thread = threadOf(ANSWERING);
    await thread.open();
    const looks = [thread.look(QUESTION, ['hang']), thread.look(QUESTION, ['die'])];
    for (const look of looks) await expect(look).rejects.toThrow('ended with code 7');
    expect(await thread.look(QUESTION, [])).toEqual({ state: 'pending' });
  });

  it('do not pile up behind a worker that hangs', async () => {
    const thread = threadOf(ANSWERING);
    await thread.open();
    const waiting = Array.from({ length: 64 }, () => thread.look(QUESTION, ['hang']));
    expect(await thread.look(QUESTION, ['1'])).toEqual({ state: 'busy' });
    const ended = Promise.allSettled(waiting);
    await expect(thread.close(10_000)).resolves.toBe(true);
    expect((await ended).map(({ status }) => status)).toEqual(waiting.map(() => 'rejected'));
  });
});
