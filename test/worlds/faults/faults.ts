// The built program with faults of the kernel, which the test sets while it runs: faults.c, preloaded. Linux, with a C compiler.
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningProgram, startProgramIn } from '../../support/program.ts';

/** As `enum kind` in faults.c. */
const KINDS = {
  none: 0,
  'recv fails': 1,
  'socket fails': 2,
  hangs: 3,
  'is cut': 4,
  'is longer than the buffer': 5,
  'was interrupted': 6,
  'is done with an errno': 7,
  'ends early': 8,
  'readlinkat fails': 9,
} as const;
export type FaultKind = keyof typeof KINDS;

export interface Fault {
  readonly kind: FaultKind;
  /** For ever where that is left out. */
  readonly times?: number;
  readonly errno?: keyof typeof constants.errno;
}

const FOR_EVER = 2 ** 31 - 1;
/** struct faults */
const LAYOUT = { kind: 0, times: 4, errno: 8, happened: 12, clockSeconds: 16, passedSeconds: 24, bytes: 32 } as const;

/** Why there are none on this host; undefined where there are. In CI there have to be. */
export const faultsObstacle: string | undefined = findObstacle();

function findObstacle(): string | undefined {
  if (process.platform !== 'linux') return 'needs Linux';
  if (process.env['CI'] !== undefined || spawnSync('cc', ['--version']).status === 0) return undefined;
  return 'needs a C compiler: apt-get install gcc libc6-dev';
}

export class Faults implements Disposable {
  readonly #folder = mkdtempSync(join(tmpdir(), 'netstat-exporter-faults-'));
  readonly #library = join(this.#folder, 'faults.so');
  readonly #script = join(this.#folder, 'script');
  readonly #file: number;

  constructor() {
    const flags = ['-std=gnu11', '-O1', '-Wall', '-Wextra', '-Werror', '-shared', '-fPIC'];
    const args = [...flags, '-o', this.#library, join(import.meta.dirname, 'faults.c'), '-ldl'];
    const { status, stderr } = spawnSync('cc', args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`faults.c cannot be compiled: ${stderr}`);
    writeFileSync(this.#script, new Uint8Array(LAYOUT.bytes));
    this.#file = openSync(this.#script, 'r+');
  }

  /** From now on, instead of the one before. */
  set({ kind, times = FOR_EVER, errno }: Fault): void {
    // Off first: the program must not see half of it.
    this.#write(LAYOUT.kind, Int32Array.of(KINDS.none));
    this.#write(LAYOUT.times, Int32Array.of(times, errno === undefined ? 0 : constants.errno[errno], 0));
    this.#write(LAYOUT.kind, Int32Array.of(KINDS[kind]));
  }

  /** How often the last one has happened. */
  happened(): number {
    const bytes = new Int32Array(1);
    readSync(this.#file, bytes, 0, bytes.byteLength, LAYOUT.happened);
    return bytes[0] ?? 0;
  }

  setClockOff(seconds: number): void {
    this.#write(LAYOUT.clockSeconds, BigInt64Array.of(BigInt(seconds)));
  }

  /** So many seconds have passed at once, as after a host was asleep. */
  letPass(seconds: number): void {
    this.#write(LAYOUT.passedSeconds, BigInt64Array.of(BigInt(seconds)));
  }

  startProgram(...flags: readonly string[]): Promise<RunningProgram> {
    return startProgramIn({ LD_PRELOAD: this.#library, FAULTS: this.#script }, ...flags);
  }

  #write(at: number, words: Int32Array | BigInt64Array): void {
    writeSync(this.#file, words, 0, words.byteLength, at);
  }

  [Symbol.dispose](): void {
    closeSync(this.#file);
    rmSync(this.#folder, { recursive: true });
  }
}
