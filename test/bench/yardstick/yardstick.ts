// The C code that this program is held against: built with -O2, and called in the same process.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempDisposableSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import koffi from 'koffi';
import { TCP_STATES } from '../../../src/model/states.ts';

const COMPILER = 'cc';
const FLAGS = ['-O2', '-Wall', '-Wextra', '-Werror', '-shared', '-fPIC', '-fvisibility=hidden'];
const SOURCES = ['aggregate.c', 'collect.c'].map((name) => join(import.meta.dirname, name));
/** By state, of other ports by state, and how many processes and ports there are. */
const COUNTS = 2 * TCP_STATES.length + 2;

export interface Yardstick {
  /** Decodes and counts a MIB_TCPTABLE_OWNER_PID; returns milliseconds. */
  aggregate(table: Uint32Array): number;
  /** What it counted last: the states, how many processes and ports there are, and the states of all other ports. */
  counts(): readonly number[];
  /** Opens the library that has GetExtendedTcpTable. */
  open(library: string): void;
  /** Makes the calls alone; returns milliseconds. */
  read(): number;
  /** Makes the calls, decodes and counts, with memory of its own from the time before or without; returns milliseconds. */
  collect(memory: 'fresh' | 'kept'): number;
}

export function yardstickObstacle(): string | undefined {
  return spawnSync(COMPILER, ['--version']).status === 0
    ? undefined
    : 'needs a C compiler; provided by: apt-get install gcc libc6-dev';
}

/** `12.2.0`. */
export function compilerVersion(): string {
  return execFileSync(COMPILER, ['-dumpfullversion'], { encoding: 'utf8' }).trim();
}

/** The library's file, in a folder that goes with it. */
export function buildYardstick(): { readonly file: string } & Disposable {
  const folder = mkdtempDisposableSync(join(tmpdir(), 'netstat-exporter-bench-'));
  const file = join(folder.path, 'yardstick.so');
  execFileSync(COMPILER, [...FLAGS, '-o', file, ...SOURCES]);
  return { file, [Symbol.dispose]: () => folder.remove() };
}

export function loadYardstick(file: string): Yardstick {
  const library = koffi.load(file);
  const aggregate = library.func('int64_t yardstick_aggregate(void *table)');
  const counts = library.func('void yardstick_counts(void *counts)');
  const open = library.func('int32_t yardstick_open(str file)');
  const read = library.func('int64_t yardstick_read()');
  const collect = library.func('int64_t yardstick_collect(int32_t is_first)');
  return {
    aggregate: (table) => milliseconds(aggregate(table)),
    counts() {
      const words = new Uint32Array(COUNTS);
      counts(words);
      return [...words];
    },
    open(file) {
      if (open(file) === 0) throw new Error(`${file} has no GetExtendedTcpTable`);
    },
    read: () => milliseconds(read()),
    collect: (memory) => milliseconds(collect(Number(memory === 'fresh'))),
  };
}

function milliseconds(nanoseconds: number | bigint): number {
  return Number(nanoseconds) / 1e6;
}
