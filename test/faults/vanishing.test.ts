// World: this Linux host; processes that are gone before one has looked at them.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { TCP_STATE_CODE } from '../../src/model/states.ts';
import { openLinuxSource } from '../../src/sources/linux/source.ts';
import { EVERYTHING } from '../support/source-options.ts';

const READS = 60;
const PROCESSES_AT_A_TIME = 12;
/** Holds a connection, and has ended a moment later. */
const SHORT_LIFE = 'exec 3<>"/dev/tcp/127.0.0.1/$0"; kill -KILL $$';

describe.runIf(process.platform === 'linux')('processes that end while they are looked at', () => {
  it('fail no part, and take no owner from those that stay', async () => {
    const server = createServer(
      (socket) =>
        void socket
          .on('error', () => {})
          .resume()
          .end(),
    ).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    let started = 0;
    const alive = new Set<ChildProcess>();
    const keepComing = (): void => {
      for (; alive.size < PROCESSES_AT_A_TIME; started++) {
        const child = spawn('bash', ['-c', SHORT_LIFE, String(port)], { stdio: 'ignore' });
        alive.add(child);
        child.once('exit', () => alive.delete(child));
      }
    };
    const source = openLinuxSource(EVERYTHING, { procfsRoot: '/proc' });
    for (let read = 0; read < READS; read++) {
      keepComing();
      await setImmediate();
      const { parts, tables, processes } = source.read();
      expect(Object.entries(parts).filter(([, { error }]) => error !== undefined)).toEqual([]);
      const { localPort, state, pid, length } = tables.tcp4 ?? { length: 0 };
      const listeners = Array.from({ length }, (_, row) => row).filter(
        (row) => localPort?.[row] === port && state?.[row] === TCP_STATE_CODE.listen,
      );
      expect(listeners.map((row) => pid?.[row])).toEqual([process.pid]);
      for (const process of processes?.values() ?? []) expect(process.name).not.toBe('');
    }
    source.close();
    await Promise.all([...alive].map((child) => once(child, 'exit')));
    expect(started).toBeGreaterThan(READS);
    server.close();
  });
});
