// World: none; pure. What a program that runs for months may not keep.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { Aggregator } from '../../src/metrics/aggregate.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { createTcpTable, type TcpTable } from '../../src/model/sockets.ts';
import { TCP_STATE_CODE } from '../../src/model/states.ts';
import type { TcpRow } from '../../src/sources/replay/format.ts';
import { namesOf, sumOf } from '../support/samples.ts';
import { DEFAULT_SETTINGS } from '../support/settings.ts';
import { snapshotOf, withFailedPart } from '../support/snapshots.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

describe('a process that is gone', () => {
  /** Long enough for any memory of collections that could not read everything. */
  const MANY = 100;

  function oneProcess(pid: number): Snapshot {
    return snapshotOf({
      tcp4: [['close_wait', '192.0.2.1', 40_000, '192.0.2.2', 443, pid]],
      processes: [[pid, `p${pid}`]],
    });
  }

  async function isKept(later: readonly Snapshot[]): Promise<boolean> {
    const aggregator = new Aggregator(DEFAULT_SETTINGS);
    const process = ((): WeakRef<object> => {
      const snapshot = oneProcess(1);
      aggregator.aggregate(snapshot, 0);
      return new WeakRef(snapshot.processes?.get(1) ?? {});
    })();
    for (const snapshot of later) aggregator.aggregate(snapshot, 1_000);
    // A new WeakRef keeps what it stands for until the turn is over.
    await new Promise(setImmediate);
    collectGarbage();
    const isThere = process.deref() !== undefined;
    // The aggregator is still needed, so what it keeps has not gone with it.
    aggregator.aggregate(snapshotOf({}), 2_000);
    return isThere;
  }

  it('is forgotten with the next collection', async () => {
    expect(await isKept([])).toBe(true);
    expect(await isKept([oneProcess(2)])).toBe(false);
  });

  it('is remembered while a table cannot be read, but not for ever', async () => {
    const failing = (count: number): Snapshot[] =>
      Array.from({ length: count }, () => withFailedPart(snapshotOf({}), 'tcp6'));
    expect(await isKept(failing(1))).toBe(true);
    expect(await isKept(failing(MANY))).toBe(false);
  });
});

describe('more connections in close_wait than are remembered', () => {
  const REMEMBERED = 2 ** 18;
  const [OLD, NEW] = [1, 2] as const;

  /** `added` connections of the process NEW, and behind them as many of OLD as are remembered. */
  function leak(added: number): Snapshot {
    const tcp4 = createTcpTable('ipv4', REMEMBERED + added);
    for (let row = 0; row < tcp4.length; row++) setConnection(tcp4, row, row < added ? NEW : OLD, row - added);
    const snapshot = snapshotOf({
      processes: [
        [OLD, 'old'],
        [NEW, 'new'],
      ],
    });
    return { ...snapshot, tables: { ...snapshot.tables, tcp4 } };
  }

  function setConnection(table: TcpTable, row: number, pid: number, number: number): void {
    table.state[row] = TCP_STATE_CODE.close_wait;
    table.pid[row] = pid;
    table.localPort[row] = 40_000;
    table.remotePort[row] = 443;
    table.remoteAddress[row] = number;
  }

  it('take no place from those that are, and have an age when there is room again', () => {
    const aggregator = new Aggregator(DEFAULT_SETTINGS);
    const age = (snapshot: Snapshot, readAtMs: number, process: string): number | undefined => {
      const samples = aggregator.aggregate(snapshot, readAtMs);
      const { families } = samples;
      const isThere = families.some(
        ({ name, labelValues }) =>
          name === 'netstat_process_close_wait_oldest_seconds' && labelValues.includes(process),
      );
      return isThere ? sumOf(samples, 'netstat_process_close_wait_oldest_seconds', { process }) : undefined;
    };
    expect(age(leak(0), 0, 'old')).toBe(0);
    expect(age(leak(10), 1_000, 'new')).toBe(undefined);
    expect(age(leak(10), 2_000, 'old')).toBe(2);
    const few = snapshotOf({
      tcp4: [['close_wait', '0.0.0.0', 40_000, '255.255.255.255', 443, NEW]],
      processes: [[NEW, 'new']],
    });
    expect(age(few, 3_000, 'new')).toBe(0);
    expect(age(few, 4_500, 'new')).toBe(1.5);
  });
});

describe('a host that is many times larger than the next one', () => {
  it('has all of its processes and ports counted, and leaves none of them', () => {
    const many = 5_000;
    const tcp4 = Array.from(
      { length: many },
      (_, i): TcpRow => ['listen', '0.0.0.0', i + 1, '0.0.0.0', 0, 4 * (i + 1)],
    );
    const processes = tcp4.map(([, , port, , , pid]) => [pid ?? 0, `p${port}`] as const);
    const settings = { ...DEFAULT_SETTINGS, processLimit: many, portLimit: many };
    const aggregator = new Aggregator(settings);
    const samples = aggregator.aggregate(snapshotOf({ tcp4, processes }), 0);
    for (const port of ['1', '777', String(many)]) {
      expect(sumOf(samples, 'netstat_port_tcp_connections', { port, state: 'listen' })).toBe(1);
      expect(sumOf(samples, 'netstat_process_tcp_connections', { process: `p${port}`, state: 'listen' })).toBe(1);
    }
    expect(sumOf(samples, 'netstat_process_tcp_connections')).toBe(many);
    expect(namesOf(aggregator.aggregate(snapshotOf({}), 1))).toEqual([
      'netstat_tcp_connections',
      'netstat_udp_endpoints',
      'netstat_ephemeral_port_range_ports',
      'netstat_ephemeral_port_range_info',
      'netstat_ephemeral_ports_used',
    ]);
  });
});
