// How Windows itself reads a command line: CommandLineToArgvW function (shellapi.h), and a new node.exe.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import koffi from 'koffi';
import { commandLine } from '../../src/windows-service/managing/command-line.ts';

const PRINTER = fileURLToPath(new URL('./argument-printer.ts', import.meta.url));
/** STARTUPINFOW and PROCESS_INFORMATION structures (processthreadsapi.h): sizes, and what is used of them. */
const STARTUP_BYTES = 104;
const PROCESS_BYTES = 24;
const INFINITE = 0xffff_ffff;

const shell32 = koffi.load('shell32.dll');
const kernel32 = koffi.load('kernel32.dll');
const toArguments = shell32.func('void *CommandLineToArgvW(str16 line, void *count)');
const localFree = kernel32.func('void *LocalFree(void *memory)');
const createProcess = kernel32.func(
  'int CreateProcessW(void *application, void *line, void *process_security, void *thread_security, int inherits, uint32_t flags, void *environment, void *folder, void *startup, void *process)',
);
const waitFor = kernel32.func('uint32_t WaitForSingleObject(intptr_t handle, uint32_t timeout)');
const closeHandle = kernel32.func('int CloseHandle(intptr_t handle)');

/** What CommandLineToArgvW makes of it, the program first. */
export function shellArguments(line: string): string[] {
  const count = new Int32Array(1);
  const list: bigint = toArguments(line, count);
  try {
    return koffi.decode(list, 'str16', count[0] ?? 0);
  } finally {
    localFree(list);
  }
}

/** What a node.exe has for its arguments when Windows starts it with the command line that is made of them, as it starts a service. */
export function receivedArguments(args: readonly string[]): string[] {
  return receive((file) => commandLine(process.execPath, [PRINTER, file, ...args]));
}

/** What a node.exe makes of the end of a command line, as it stands there. */
export function argumentsOf(end: string): string[] {
  return receive((file) => `${commandLine(process.execPath, [PRINTER, file])} ${end}`);
}

function receive(lineFor: (file: string) => string): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'arguments-'));
  try {
    const file = join(folder, 'arguments.json');
    run(lineFor(file));
    return JSON.parse(readFileSync(file, 'utf8'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Through CreateProcessW: spawn would quote the arguments itself. */
function run(line: string): void {
  const startup = Buffer.alloc(STARTUP_BYTES);
  startup.writeUInt32LE(STARTUP_BYTES);
  const information = Buffer.alloc(PROCESS_BYTES);
  const writable = Buffer.from(`${line}\0`, 'utf16le');
  if (createProcess(null, writable, null, null, 0, 0, null, null, startup, information) === 0) {
    throw new Error(`CreateProcessW failed: ${line}`);
  }
  const handles = [information.readBigInt64LE(0), information.readBigInt64LE(8)].map(Number);
  waitFor(handles[0], INFINITE);
  for (const handle of handles) closeHandle(handle);
}
