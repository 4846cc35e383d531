// World: none; a source of the test's own, asked over a real message channel.
import { once } from 'node:events';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import type { Reply, Request } from '../../src/collector/protocol.ts';
import { serveCollections } from '../../src/collector/serve.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import type { Source } from '../../src/sources/source.ts';
import { DEFAULT_SETTINGS } from '../support/settings.ts';
import { snapshotOf } from '../support/snapshots.ts';

let mainPort: MessagePort;
afterEach(() => mainPort.close());

/** Serves the source; tells its first reply. */
async function serve(source: Source): Promise<Reply> {
  const { port1, port2 } = new MessageChannel();
  mainPort = port1;
  serveCollections(port2, source, DEFAULT_SETTINGS);
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
