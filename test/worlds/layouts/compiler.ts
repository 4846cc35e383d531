// World 4: mingw-w64's compiler and headers, asked for numbers. Nothing that it compiles is ever run.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from 'vitest';

const COMPILER = 'x86_64-w64-mingw32-gcc';
const OBJECT_COPIER = 'x86_64-w64-mingw32-objcopy';
const HEADERS = '#include "headers.h"\n';
const NUMBERS = 'numbers';
const BYTES_PER_NUMBER = 8;
/** Preprocessed, the headers have 3 MB. */
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

/** Why this world is not to be had here, and how to get it; undefined when it is. In CI it has to be: nothing is skipped there. */
function findObstacle(): string | undefined {
  if (process.env['CI'] !== undefined || spawnSync(COMPILER, ['--version']).status === 0) return undefined;
  return 'needs mingw-w64: apt-get install gcc-mingw-w64-x86-64';
}

/** Tests that need the headers of Windows; skipped where there are none. */
export function describeOnHeaders(name: string, tests: () => void): void {
  const obstacle = findObstacle();
  if (obstacle === undefined) describe(name, tests);
  else describe.skip(`${name} (${obstacle})`, () => {});
}

/**
 * The values of constant C expressions, modulo 2^64, as the compiler computes them after headers.h and `declarations`.
 * Throws with the compiler's own words when one does not compile: it quotes what no header knows.
 */
export function evaluate(expressions: readonly string[], declarations = ''): bigint[] {
  const casts = expressions.map((expression) => `(unsigned long long)(${expression}),\n`);
  const numbers = `const unsigned long long ${NUMBERS}[] = {\n${casts.join('')}};\n`;
  const bytes = compileConstants([NUMBERS], `${declarations}\n${numbers}`).get(NUMBERS);
  return expressions.map((_, index) => bytes?.readBigUInt64LE(index * BYTES_PER_NUMBER) ?? 0n);
}

/** The bytes of constants that headers.h or `declarations` define, by name: as they would stand in memory. */
export function compileConstants(names: readonly string[], declarations = ''): Map<string, Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'netstat-exporter-layouts-'));
  try {
    const object = join(folder, 'constants.o');
    // Each constant in a section of its own; INITGUID lets the headers define the GUIDs that they else only declare.
    const flags = [...headerFlags(), '-DINITGUID', '-fdata-sections', '-c', '-o', object, '-x', 'c', '-'];
    run(COMPILER, flags, HEADERS + declarations);
    return new Map(names.map((name) => [name, section(object, `.rdata$${name}`)]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function section(object: string, name: string): Buffer {
  const binary = `${object}.bin`;
  run(OBJECT_COPIER, ['-O', 'binary', '-j', name, object, binary]);
  return readFileSync(binary);
}

/** The text of headers.h with all that it includes, preprocessed: declarations alone. */
export function preprocess(flags = headerFlags()): string {
  return run(COMPILER, [...flags, '-E', '-P', '-x', 'c', '-'], HEADERS);
}

let knownHeaderFlags: readonly string[] | undefined;

/** Where headers.h is, and which of the declarations that documented.h makes by hand the headers have themselves. */
function headerFlags(): readonly string[] {
  knownHeaderFlags ??= findHeaderFlags();
  return knownHeaderFlags;
}

function findHeaderFlags(): string[] {
  const include = `-I${import.meta.dirname}`;
  const byHand = readFileSync(join(import.meta.dirname, 'documented.h'), 'utf8');
  const names = Array.from(byHand.matchAll(/^#ifndef (\w+)_IS_DECLARED$/gm), (match) => match[1] ?? '');
  const define = (name: string) => `-D${name}_IS_DECLARED`;
  const headers = preprocess([include, ...names.map(define)]);
  return [include, ...names.filter((name) => new RegExp(`\\b${name}\\b`).test(headers)).map(define)];
}

function run(command: string, args: readonly string[], input = ''): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    input,
    encoding: 'utf8',
    maxBuffer: MAX_OUTPUT_BYTES,
    env: { ...process.env, LC_ALL: 'C' },
  });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${error?.message ?? stderr}`);
  return stdout;
}
