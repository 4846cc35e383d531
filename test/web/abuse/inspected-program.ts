// The built program under Node's inspector, and the memory in use after a garbage collection.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type RunningProgram, startProgramIn } from '../../support/program.ts';

export interface Held {
  /** What the main thread's objects take, and the memory that they hold outside of the heap. */
  readonly usedKb: number;
  readonly residentKb: number;
}

export interface InspectedProgram extends RunningProgram {
  /** After a garbage collection. */
  held(): Promise<Held>;
}

/** A program whose garbage can be collected on demand: what is then in use is what is held. */
export async function startInspected(...args: readonly string[]): Promise<InspectedProgram> {
  const program = await startProgramIn({ NODE_OPTIONS: '--inspect=127.0.0.1:0' }, ...args);
  const url = /Debugger listening on (ws:\S+)/.exec(program.log())?.[1];
  if (url === undefined) throw new Error(`no inspector: ${program.log()}`);
  const inspector = new WebSocket(url);
  await once(inspector, 'open');
  let calls = 0;
  const call = async (method: string): Promise<unknown> => {
    calls += 1;
    const id = calls;
    const answered = new Promise<unknown>((resolve) => {
      inspector.addEventListener('message', function listener({ data }) {
        const message = JSON.parse(String(data));
        if (message.id !== id) return;
        inspector.removeEventListener('message', listener);
        resolve(message.result);
      });
    });
    inspector.send(JSON.stringify({ id, method }));
    return answered;
  };
  return {
    ...program,
    async held() {
      await call('HeapProfiler.collectGarbage');
      const usage = (await call('Runtime.getHeapUsage')) as Readonly<Record<'usedSize' | 'backingStorageSize', number>>;
      return {
        usedKb: (usage.usedSize + usage.backingStorageSize) / 1024,
        residentKb: residentKb(program.pid),
      };
    },
  };
}

function residentKb(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
}
