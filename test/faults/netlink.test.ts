// World: this Linux host; the built program, whose calls to the kernel fail as the test sets it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleValue } from '../support/exposition.ts';
import type { RunningProgram } from '../support/program.ts';
import { type Fault, Faults, faultsObstacle } from '../worlds/faults/faults.ts';

const TABLES = ['tcp4', 'tcp6', 'udp4', 'udp6'] as const;
/** Whatever sums over a table. */
const OF_TABLES = /^netstat_(?:tcp_connections|udp_endpoints|port_|process_|listener|ephemeral_ports_used)/m;

describe.skipIf(faultsObstacle !== undefined)(`a dump of the kernel (${faultsObstacle ?? 'faults.c'})`, () => {
  let faults: Faults;
  let program: RunningProgram;
  beforeAll(async () => {
    faults = new Faults();
    // Each scrape makes a collection.
    program = await faults.startProgram('--collector.interval=0');
  });
  afterAll(async () => {
    await program?.end('SIGKILL');
    faults?.[Symbol.dispose]();
  });

  const success = (text: string): unknown[] =>
    TABLES.map((part) => sampleValue(text, 'netstat_exporter_collection_success', { part }));
  const errors = (text: string, code: string): number | undefined =>
    sampleValue(text, 'netstat_exporter_collection_errors_total', { part: 'tcp4', code });

  it.each<readonly [name: string, fault: Fault]>([
    ['a signal interrupts', { kind: 'recv fails', errno: 'EINTR', times: 1 }],
    ['overflows', { kind: 'recv fails', errno: 'ENOBUFS', times: 2 }],
    ['changes while it is read', { kind: 'was interrupted', times: 4 }],
  ])('that %s is repeated, and nobody notices', async (_, fault) => {
    faults.set(fault);
    const text = await program.scrape();
    expect(faults.happened()).toBe(fault.times);
    expect(success(text)).toEqual([1, 1, 1, 1]);
    expect(text).toMatch(OF_TABLES);
  });

  it.each<readonly [fault: Fault, code: string, said: string]>([
    [{ kind: 'recv fails', errno: 'EINTR' }, 'EINTR', 'tried 5 times'],
    [{ kind: 'recv fails', errno: 'ENOBUFS' }, 'ENOBUFS', 'tried 5 times'],
    [{ kind: 'recv fails', errno: 'EAGAIN' }, 'EAGAIN', 'waiting for at most 2 s'],
    [{ kind: 'was interrupted' }, 'NLM_F_DUMP_INTR', 'changed while the kernel read it; tried 5 times'],
    [{ kind: 'is cut' }, 'malformed', 'are left'],
    [{ kind: 'is done with an errno', errno: 'ENOMEM' }, 'ENOMEM', 'the kernel answers: ENOMEM'],
    [{ kind: 'socket fails', errno: 'EMFILE' }, 'EMFILE', 'socket for sock_diag: EMFILE'],
    [{ kind: 'ends early' }, 'malformed', 'malformed'],
    [{ kind: 'is longer than the buffer' }, 'malformed', 'malformed'],
  ])('that %o fails its tables alone, says so, and pretends nothing', async (fault, code, said) => {
    faults.set({ kind: 'none' });
    expect(success(await program.scrape())).toEqual([1, 1, 1, 1]);
    faults.set(fault);
    const before = errors(await program.scrape(), code) ?? Number.NaN;
    const text = await program.scrape();
    expect(success(text)).toEqual([0, 0, 0, 0]);
    expect(errors(text, code)).toBe(before + 1);
    expect(text).not.toMatch(OF_TABLES);
    // What does not need the tables is there all the same.
    expect(text).toMatch(/^netstat_tcp_segments_received_total/m);
    expect(program.log()).toContain(said);
    faults.set({ kind: 'none' });
    expect(await program.scrape()).toMatch(OF_TABLES);
  });

  it('of which only one fails leaves the other protocol as it is', async () => {
    faults.set({ kind: 'socket fails', errno: 'ENOMEM', times: 1 });
    const text = await program.scrape();
    expect(success(text)).toEqual([0, 0, 1, 1]);
    expect(text).not.toMatch(/^netstat_tcp_connections/m);
    expect(text).toMatch(/^netstat_udp_endpoints/m);
  });

  it('that is refused is made up for by procfs', async () => {
    faults.set({ kind: 'socket fails', errno: 'EACCES' });
    const text = await program.scrape();
    expect(success(text)).toEqual([1, 1, 1, 1]);
    expect(text).toMatch(OF_TABLES);
    expect(program.log()).toContain('sock_diag was refused (EACCES): read ');
  });
});
