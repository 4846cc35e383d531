// World 3 (Windows, or Wine): the real processes, through the real kernel32.dll and ntdll.dll; a process itself is the
// witness of its command line. Wine 10 tells no command lines, but the paths of images in just the same way.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import koffi from 'koffi';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { loadKernel32, loadNtdll } from '../../src/sources/windows/bindings.ts';
import {
  PROCESS_COMMAND_LINE_INFORMATION_CLASS,
  PROCESS_QUERY_LIMITED_INFORMATION,
  STATUS_INFO_LENGTH_MISMATCH,
  STATUS_SUCCESS,
} from '../../src/sources/windows/codes.ts';
import { decodeCommandLine } from '../../src/sources/windows/command-line-decoder.ts';
import { systemLibraries } from '../../src/sources/windows/libraries.ts';
import { openWindowsSource } from '../../src/sources/windows/source.ts';
import { NOTHING } from '../support/source-options.ts';

/** A member of PROCESSINFOCLASS (winternl.h) whose answer is a UNICODE_STRING as well. */
const PROCESS_IMAGE_FILE_NAME_WIN32 = 43;
const STRUCT_BYTES = 16;
const CHILD = fileURLToPath(new URL('./command-line-child.ts', import.meta.url));
const ODD_ARGUMENTS = [
  'ein "Pool"',
  String.raw`C:\a b\ `,
  '',
  'Überwachung-監視-🔭',
  String.raw`x\\"y`,
  '%PATH%',
  '-x=*',
];
const WORKER = new URL('../../src/cli/wmi-worker.ts', import.meta.url);

let child: ChildProcess;
/** What the child says of itself. */
let ownCommandLine: string;

beforeAll(async () => {
  const started = spawn(process.execPath, [CHILD, ...ODD_ARGUMENTS], { stdio: ['pipe', 'pipe', 'inherit'] });
  child = started;
  const [line] = (await once(started.stdout, 'data')) as [Buffer];
  ownCommandLine = JSON.parse(String(line)) as string;
});

afterAll(async () => {
  child?.stdin?.end();
  await once(child, 'exit');
});

/** What NtQueryInformationProcess answers about this very process. */
function queryThis(informationClass: number, words: Uint32Array): { status: number; byteLength: number } {
  const libraries = systemLibraries();
  const { openProcess, closeHandle } = loadKernel32(libraries.kernel32);
  const { queryInformationProcess } = loadNtdll(libraries.ntdll);
  const handle = openProcess(PROCESS_QUERY_LIMITED_INFORMATION, 0, process.pid);
  const size = new Uint32Array(1);
  const status = queryInformationProcess(handle, informationClass, words, words.byteLength, size);
  expect(closeHandle(handle)).not.toBe(0);
  return { status, byteLength: size[0] ?? 0 };
}

function readNodes(): Snapshot {
  const options = { ...NOTHING, tables: true, processes: true, commandLinesOf: new Set(['node.exe']) };
  const source = openWindowsSource(options, { wmiWorker: WORKER });
  const snapshot = source.read();
  source.close();
  return snapshot;
}

test('the command line of a process is what it sees itself, or the report says that this Windows does not tell it', () => {
  const { status } = queryThis(PROCESS_COMMAND_LINE_INFORMATION_CLASS, new Uint32Array(100_000));
  const { processes, parts } = readNodes();
  expect(processes?.get(child.pid ?? 0)).toEqual({
    pid: child.pid,
    name: 'node.exe',
    services: [],
    ...(status === STATUS_SUCCESS && { commandLine: ownCommandLine }),
  });
  const code = `0x${status.toString(16).toUpperCase()}`;
  const refusal = expect.stringContaining(`NtQueryInformationProcess(ProcessCommandLineInformation) failed: ${code}`);
  expect(parts.processes?.fallback).toEqual(status === STATUS_SUCCESS ? undefined : refusal);
});

test('an answer of the same kind, the path of the image, is decoded, and tells the size that it wants', () => {
  const tooSmall = queryThis(PROCESS_IMAGE_FILE_NAME_WIN32, new Uint32Array(1));
  const needed = STRUCT_BYTES + 2 * process.execPath.length;
  expect(tooSmall.status).toBe(STATUS_INFO_LENGTH_MISMATCH);
  expect(tooSmall.byteLength).toBeGreaterThanOrEqual(needed);

  const words = new Uint32Array(10_000);
  const { status, byteLength } = queryThis(PROCESS_IMAGE_FILE_NAME_WIN32, words);
  expect(status).toBe(STATUS_SUCCESS);
  expect(decodeCommandLine(new Uint8Array(words.buffer, 0, byteLength), koffi.address(words))).toBe(process.execPath);
});
