// What a process of this Windows host holds, as the system counts it from outside: handles and memory.
import koffi from 'koffi';

const SYSTEM_EXTENDED_HANDLE_INFORMATION = 64;
const STATUS_INFO_LENGTH_MISMATCH = 0xc000_0004;
const PROCESS_QUERY_INFORMATION = 0x400;
const PROCESS_VM_READ = 0x10;

/** SYSTEM_HANDLE_INFORMATION_EX: two words of 64 bits, the first of them the number of handles, and the handles' entries. */
const FIRST_HANDLE = 16;
const HANDLE_BYTES = 40;
const HANDLE_PROCESS_ID = 8;
/** A million handles. */
const MAX_LIST_BYTES = 40 * 1024 * 1024;

/** PROCESS_MEMORY_COUNTERS structure (psapi.h). */
const MEMORY_COUNTERS = { size: 72, WorkingSetSize: 16, PagefileUsage: 56 };

export interface MemoryUsage {
  /** The physical memory in use. */
  readonly workingSetBytes: number;
  /** The memory that is committed for this process alone. */
  readonly privateBytes: number;
}

export interface ProcessUsage extends Disposable {
  handles(): number;
  memory(): MemoryUsage;
}

/** Opens a process of the same user. Throws when a call fails. */
export function openProcessUsage(pid: number): ProcessUsage {
  const { openProcess, closeHandle, getProcessMemoryInfo } = bindKernel32();
  const process = openProcess(PROCESS_QUERY_INFORMATION | PROCESS_VM_READ, 0, pid);
  if (process === 0) throw new Error(`OpenProcess(${pid}) failed`);
  return {
    handles: () => countHandles(pid),
    memory() {
      const counters = Buffer.alloc(MEMORY_COUNTERS.size);
      if (getProcessMemoryInfo(process, counters, counters.length) === 0)
        throw new Error(`K32GetProcessMemoryInfo(${pid}) failed`);
      return {
        workingSetBytes: Number(counters.readBigUInt64LE(MEMORY_COUNTERS.WorkingSetSize)),
        privateBytes: Number(counters.readBigUInt64LE(MEMORY_COUNTERS.PagefileUsage)),
      };
    },
    [Symbol.dispose]: () => void closeHandle(process),
  };
}

/** Counted in the list of the whole system: Wine has no GetProcessHandleCount. */
function countHandles(pid: number): number {
  const list = readHandles();
  const count = Number(list.readBigUInt64LE(0));
  let own = 0;
  for (let i = 0; i < count; i++) {
    const owner = list.readBigUInt64LE(FIRST_HANDLE + i * HANDLE_BYTES + HANDLE_PROCESS_ID);
    if (owner === BigInt(pid)) own += 1;
  }
  return own;
}

function readHandles(): Buffer {
  const query = bindNtdll();
  for (let bytes = 1 << 20; bytes <= MAX_LIST_BYTES; bytes *= 2) {
    const list = Buffer.alloc(bytes);
    const code = query(SYSTEM_EXTENDED_HANDLE_INFORMATION, list, bytes, null, 0, 0);
    if (code === 0) return list;
    if (code !== STATUS_INFO_LENGTH_MISMATCH)
      throw new Error(`NtQuerySystemInformation(64) failed: 0x${code.toString(16)}`);
  }
  throw new Error('the system has more handles than the list can hold');
}

function bindKernel32() {
  const kernel32 = koffi.load('kernel32.dll');
  return {
    openProcess: kernel32.func('intptr_t __stdcall OpenProcess(uint32_t access, int32_t inherit, uint32_t pid)'),
    closeHandle: kernel32.func('int32_t __stdcall CloseHandle(intptr_t handle)'),
    getProcessMemoryInfo: kernel32.func(
      'int32_t __stdcall K32GetProcessMemoryInfo(intptr_t process, void *counters, uint32_t size)',
    ),
  };
}

function bindNtdll() {
  // Wine hangs without the two trailing parameters, which do not exist: see src/sources/windows/bindings.ts.
  return koffi
    .load('ntdll.dll')
    .func(
      'uint32_t __stdcall NtQuerySystemInformation(int32_t what, void *list, uint32_t size, void *returned, int64_t unused, int64_t unused_too)',
    );
}
