// The calls to the kernel alone, by a C program: what no collection can do without.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempDisposableSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Cost } from './collecting.ts';

const COMPILER = 'cc';
const FLAGS = ['-O2', '-Wall', '-Wextra', '-Werror'];

export interface KernelCalls extends Disposable {
  /** Each in a new process, whose start is not in it. */
  run(): { readonly tables: Cost; readonly owners: Cost };
}

export function compilerObstacle(): string | undefined {
  if (spawnSync(COMPILER, ['--version']).status === 0) return undefined;
  return 'needs a C compiler; provided by: apt-get install gcc libc6-dev';
}

export function buildKernelCalls(): KernelCalls {
  const folder = mkdtempDisposableSync(join(tmpdir(), 'netstat-exporter-bench-'));
  const file = join(folder.path, 'calls');
  execFileSync(COMPILER, [...FLAGS, '-o', file, join(import.meta.dirname, 'calls.c')]);
  return {
    run: () => {
      const [tables, owners] = execFileSync(file, { encoding: 'utf8' }).trim().split('\n').map(costIn);
      if (tables === undefined || owners === undefined) throw new Error('the C program has not told all');
      return { tables, owners };
    },
    [Symbol.dispose]: () => folder.remove(),
  };
}

function costIn(line: string): Cost {
  const [wallMs = Number.NaN, cpuMs = Number.NaN] = line.split(' ').map(Number);
  return { wallMs, cpuMs };
}
