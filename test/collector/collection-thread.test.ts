// World: none; worker threads whose code the test writes.
import { describe, expect, it, vi } from 'vitest';
import { CollectionThread } from '../../src/collector/collection-thread.ts';
import { parseQuestion } from '../../src/views/looking/question.ts';
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
