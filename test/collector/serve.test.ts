// World: none; a source of the test's own, asked over a real message channel.
import { once } from 'node:events';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import type { Reply, Request } from '../../src/collector/protocol.ts';
import { serveCollections } from '../../src/collector/serve.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import type { Source } from '../../src/sources/source.ts';
import { parseQuestion } from '../../src/views/looking/question.ts';
import { Viewer } from '../../src/views/looking/viewer.ts';
import { DEFAULT_SETTINGS } from '../support/settings.ts';
import { snapshotOf } from '../support/snapshots.ts';

let mainPort: MessagePort;
afterEach(() => mainPort.close());

/** Serves the source; tells its first reply. */
async function serve(source: Source, viewer?: Viewer): Promise<Reply> {
  const { port1, port2 } = new MessageChannel();
  mainPort = port1;
  serveCollections(port2, source, DEFAULT_SETTINGS, viewer);
  return reply();
}

async function reply(): Promise<Reply> {
  const [message] = (await once(mainPort, 'message')) as [Reply];
  return message;
}

async function ask(request: Request): Promise<Reply> {
  const answer = reply();
  mainPort.postMessage(request);
  return answer;
}

function sourceOf(read: (spent?: Snapshot) => Snapshot): Source & { closed: boolean } {
  return {
    os: 'linux',
    machineId: 'abc',
    closed: false,
    read,
    close() {
      this.closed = true;
    },
  };
}

const SNAPSHOT = snapshotOf({ tcp4: [['listen', '0.0.0.0', 80, '0.0.0.0', 0, 1]] });

describe('the worker’s side of collections', () => {
  it('says that the source is open and of which machine, and answers with samples', async () => {
    expect(await serve(sourceOf(() => SNAPSHOT))).toEqual({ kind: 'opened', source: { machineId: 'abc' } });
    const answer = await ask({ kind: 'collect' });
    expect(answer).toMatchObject({ kind: 'collected', samples: { timestampMs: SNAPSHOT.timestampMs } });
  });

  it('gives each snapshot back to the source when it is counted', async () => {
    const spent: (Snapshot | undefined)[] = [];
    await serve(
      sourceOf((snapshot) => {
        spent.push(snapshot);
        return SNAPSHOT;
      }),
    );
    await ask({ kind: 'collect' });
    await ask({ kind: 'collect' });
    expect(spent).toEqual([undefined, SNAPSHOT]);
  });

  it('says what was thrown, and goes on', async () => {
    let reads = 0;
    await serve(
      sourceOf(() => {
        if (reads++ === 0) throw new Error('out of luck');
        return SNAPSHOT;
      }),
    );
    expect(await ask({ kind: 'collect' })).toMatchObject({
      kind: 'failed',
      message: expect.stringContaining('out of luck'),
    });
    expect(await ask({ kind: 'collect' })).toMatchObject({ kind: 'collected' });
  });

  it('closes the source and the channel when it is told to', async () => {
    const source = sourceOf(() => SNAPSHOT);
    await serve(source);
    const closed = once(mainPort, 'close');
    mainPort.postMessage({ kind: 'close' });
    await closed;
    expect(source.closed).toBe(true);
  });
});

describe('whoever looks at what the worker has read', () => {
  const QUESTION = parseQuestion('endpoints', new URLSearchParams());

  function look(number: number): Request {
    return { kind: 'look', number, question: QUESTION, known: [] };
  }

  it('gets answers by number, of the latest collection', async () => {
    await serve(
      sourceOf(() => SNAPSHOT),
      new Viewer(DEFAULT_SETTINGS),
    );
    expect(await ask(look(1))).toEqual({ kind: 'looked', number: 1, look: { state: 'pending' } });
    await ask({ kind: 'collect' });
    const answer = await ask(look(2));
    expect(answer).toMatchObject({ kind: 'looked', number: 2, look: { state: 'seen', total: 1 } });
  });

  it('sees what was there before the tables were read into the same memory', async () => {
    await serve(
      sourceOf((spent) => {
        spent?.tables.tcp4?.localPort.fill(0);
        return snapshotOf({ tcp4: [['listen', '0.0.0.0', 80, '0.0.0.0', 0, 1]] });
      }),
      new Viewer(DEFAULT_SETTINGS),
    );
    await ask({ kind: 'collect' });
    const first = await ask(look(1));
    if (first.kind !== 'looked' || first.look.state !== 'seen') throw new Error(`it answered ${first.kind}`);
    await ask({ kind: 'collect' });
    const again = await ask({ ...look(2), question: { ...QUESTION, collection: first.look.collection } } as Request);
    if (again.kind !== 'looked' || again.look.state !== 'seen') throw new Error(`it answered ${again.kind}`);
    expect(new TextDecoder().decode(again.look.body)).toContain('"localPort":80');
  });

  it('is told where nobody may look, and the worker goes on', async () => {
    await serve(sourceOf(() => SNAPSHOT));
    expect(await ask(look(3))).toMatchObject({
      kind: 'look_failed',
      number: 3,
      message: expect.stringContaining('nobody may look here'),
    });
    expect(await ask({ kind: 'collect' })).toMatchObject({ kind: 'collected' });
  });
});
