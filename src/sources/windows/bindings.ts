// The Win32 functions that are called, one interface a DLL, with the C prototypes that koffi binds.

import { NativeLibrary } from './native-library.ts';

type GetExtendedTable = (
  table: Uint32Array,
  size: Uint32Array,
  sort: number,
  family: number,
  tableClass: number,
  reserved: number,
) => number;

/** The IP Helper API. Each function returns its error code; GetLastError says nothing about them. */
export interface IpHelper {
  /** GetExtendedTcpTable function (iphlpapi.h). `size` is one word: bytes offered in, bytes needed or returned out. */
  readonly getExtendedTcpTable: GetExtendedTable;
  /** GetExtendedUdpTable function (iphlpapi.h). As its TCP sibling. */
  readonly getExtendedUdpTable: GetExtendedTable;
  /** GetTcpStatisticsEx function (iphlpapi.h). Fills one MIB_TCPSTATS. */
  getTcpStatisticsEx(statistics: Uint32Array, family: number): number;
  /** GetUdpStatisticsEx function (iphlpapi.h). Fills one MIB_UDPSTATS. */
  getUdpStatisticsEx(statistics: Uint32Array, family: number): number;
}

export interface Kernel32 {
  /** FormatMessageW function (winbase.h). Returns the number of UTF-16 units written, 0 for a failure. */
  formatMessage(
    flags: number,
    source: null,
    messageId: number,
    languageId: number,
    text: Uint16Array,
    textUnits: number,
    inserts: null,
  ): number;
  /** GetLastError function (errhandlingapi.h). koffi keeps the value safe from what Node does between two calls. */
  getLastError(): number;
  /** CreateToolhelp32Snapshot function (tlhelp32.h). Returns a handle, which has 32 significant bits, or INVALID_HANDLE_VALUE. */
  createToolhelp32Snapshot(flags: number, processId: number): number;
  /** Process32FirstW function (tlhelp32.h). 0 is a failure. */
  process32First(snapshot: number, entry: Uint8Array): number;
  /** Process32NextW function (tlhelp32.h). 0 is a failure, or the end with ERROR_NO_MORE_FILES. */
  process32Next(snapshot: number, entry: Uint8Array): number;
  /** CloseHandle function (handleapi.h). 0 is a failure. */
  closeHandle(handle: number): number;
}

export interface Ntdll {
  /** NtQuerySystemInformation function (winternl.h). Returns an NTSTATUS; `returned` is one word, the bytes written or needed. */
  querySystemInformation(
    informationClass: number,
    buffer: Uint32Array,
    byteLength: number,
    returned: Uint32Array,
  ): number;
}

export function loadIpHelper(file: string): IpHelper {
  const library = new NativeLibrary(file);
  const tableParameters =
    'void *table, void *size, int32_t sort, uint32_t family, int32_t table_class, uint32_t reserved';
  return {
    getExtendedTcpTable: library.function(`uint32_t __stdcall GetExtendedTcpTable(${tableParameters})`),
    getExtendedUdpTable: library.function(`uint32_t __stdcall GetExtendedUdpTable(${tableParameters})`),
    getTcpStatisticsEx: library.function('uint32_t __stdcall GetTcpStatisticsEx(void *statistics, uint32_t family)'),
    getUdpStatisticsEx: library.function('uint32_t __stdcall GetUdpStatisticsEx(void *statistics, uint32_t family)'),
  };
}

export function loadKernel32(file: string): Kernel32 {
  const library = new NativeLibrary(file);
  return {
    formatMessage: library.function(
      'uint32_t __stdcall FormatMessageW(uint32_t flags, void *source, uint32_t message_id, uint32_t language_id, void *text, uint32_t text_units, void *inserts)',
    ),
    getLastError: library.function('uint32_t __stdcall GetLastError()'),
    createToolhelp32Snapshot: library.function(
      'intptr_t __stdcall CreateToolhelp32Snapshot(uint32_t flags, uint32_t process_id)',
    ),
    process32First: library.function('int32_t __stdcall Process32FirstW(intptr_t snapshot, void *entry)'),
    process32Next: library.function('int32_t __stdcall Process32NextW(intptr_t snapshot, void *entry)'),
    closeHandle: library.function('int32_t __stdcall CloseHandle(intptr_t handle)'),
  };
}

export function loadNtdll(file: string): Ntdll {
  // The two trailing parameters do not exist. Wine's system-call stub reads stack arguments beyond those that koffi
  // lays out and hangs without them; the x64 calling convention ignores them.
  const call = new NativeLibrary(file).function(
    'uint32_t __stdcall NtQuerySystemInformation(int32_t information_class, void *buffer, uint32_t byte_length, void *returned, int64_t unused, int64_t unused_too)',
  );
  return {
    querySystemInformation: (informationClass, buffer, byteLength, returned) =>
      call(informationClass, buffer, byteLength, returned, 0, 0),
  };
}
