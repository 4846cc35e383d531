// World: none; worker threads whose code the test writes.
import { describe, expect, it, vi } from 'vitest';
import { CollectionThread } from '../../src/collector/collection-thread.ts';
import { PATIENCE } from '../support/patience.ts';

/** A worker of this code; `port`, `data` and `reply(kind)` are at hand. */
function threadOf(code: string, data: object = {}): CollectionThread {
  const prelude = `
    import { parentPort as port, workerData as data } from 'node:worker_threads';
    const samples = { timestampMs: 1, bootTimeMs: 0, parts: {}, foldedGroups: {}, families: [] };
    const source = { machineId: 'abc' };
    const reply = (kind) => port.postMessage({ kind, source, samples, message: 'broken' });
    const onClose = (message) => message.kind === 'close' && port.close();`;
  return new CollectionThread(new URL(`data:text/javascript,${encodeURIComponent(prelude + code)}`), data);
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

  it('starts a worker that died anew, at the next collection', async () => {
    const marks = new Int32Array(new SharedArrayBuffer(4));
    const thread = threadOf(
      `
      port.on('message', (message) => {
        if (message.kind === 'close') port.close();
        else if (Atomics.add(data.marks, 0, 1) === 0) process.exit(7);
        else reply('collected');
      });
      reply('opened');`,
      { marks },
    );
    await expect(thread.collect()).rejects.toThrow('the collection worker ended with code 7');
    expect((await thread.collect()).timestampMs).toBe(1);
    expect(await thread.close(10_000)).toBe(true);
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
