// Benchmark: 100,000 rows of GetExtendedTcpTable decoded and counted, beside a C program that does the same.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { addListeningPorts, countTcp, type StateCounts } from '../../src/metrics/counting/count.ts';
import { PidCounts } from '../../src/metrics/counting/pid-counts.ts';
import { PortCounts } from '../../src/metrics/counting/port-counts.ts';
import type { TcpTable } from '../../src/model/sockets.ts';
import { TCP_STATES } from '../../src/model/states.ts';
import { decodeTcp4Table, type TableBytes } from '../../src/sources/windows/table-decoder.ts';
import { measure, type Result, summarize } from './measure.ts';

const C_ITERATIONS = 60;

interface Counted {
  readonly states: StateCounts;
  readonly pids: PidCounts;
  readonly ports: PortCounts;
}

/** The medians of both, which must have counted the same. */
export function decodeAndAggregate(rows: number): { readonly c: Result; readonly ours: Result } {
  const bytes = busyServer(rows);
  const c = runC(bytes);
  let table: TcpTable | undefined;
  let counted: Counted | undefined;
  const ours = measure(`${rows} rows, this program`, () => {
    // As the collection worker does it, in the memory of the collection before. The C program allocates none either.
    table = decodeTcp4Table(bytes, table);
    counted = count(table);
  });
  const counts = counted === undefined ? '' : summary(counted);
  if (counts !== c.counts) throw new Error(`the C program counted ${c.counts}, this one ${counts}`);
  return { c: summarize(`${rows} rows, C -O2`, c.timesMs), ours };
}

/** Kept from one run to the next, as EndpointCounter does. */
const pids = new PidCounts();
const ports = new PortCounts(TCP_STATES.length);

function count(table: TcpTable): Counted {
  pids.clear();
  ports.clear();
  addListeningPorts(table, ports);
  return { states: countTcp(table, pids, ports), pids, ports };
}

/** As the C program prints it: the states, how many processes and ports there are, and the states of all other ports. */
function summary({ states, pids, ports }: Counted): string {
  let pidCount = 0;
  pids.forEach(() => {
    pidCount++;
  });
  return [...states, pidCount, ports.ports.length, ...ports.other].join(' ');
}

/** A table as a busy server has it: 300 processes, 120 listening ports, most connections established on a few of them. */
function busyServer(rows: number): TableBytes {
  const words = new Uint32Array(1 + rows * 6);
  words[0] = rows;
  let seed = 1;
  // Numerical Recipes' linear congruential generator: the same table each time.
  const random = (below: number): number => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  const networkOrder = (port: number): number => ((port & 0xff) << 8) | (port >> 8);
  for (let row = 0; row < rows; row++) {
    const kind = random(100);
    const state = row < 120 ? 2 : kind < 70 ? 5 : kind < 90 ? 11 : kind < 97 ? 8 : 3 + random(5);
    const port = row < 120 ? 1000 + row : kind < 50 ? 1000 + random(120) : 49152 + random(16384);
    words.set(
      [
        state,
        0x0100007f,
        networkOrder(port) | 0xabcd0000,
        0x0200000a + random(5000),
        networkOrder(random(65536)),
        state === 11 ? 0 : 4 * (1 + random(300)),
      ],
      1 + row * 6,
    );
  }
  return { words, byteLength: words.byteLength };
}

function runC({ words }: TableBytes): { timesMs: readonly number[]; counts: string } {
  const folder = mkdtempSync(join(tmpdir(), 'netstat-exporter-bench-'));
  try {
    const program = join(folder, 'aggregate');
    const source = fileURLToPath(new URL('aggregate.c', import.meta.url));
    execFileSync('cc', ['-O2', '-Wall', '-Werror', '-o', program, source]);
    writeFileSync(join(folder, 'table'), words);
    const lines = execFileSync(program, [join(folder, 'table'), String(C_ITERATIONS)], { encoding: 'utf8' })
      .trim()
      .split('\n');
    return {
      timesMs: lines.slice(0, -1).map((nanoseconds) => Number(nanoseconds) / 1e6),
      counts: (lines.at(-1) ?? '').replace('counts ', ''),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
