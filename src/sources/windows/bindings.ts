// The Win32 functions that are called, one interface a DLL, with the C prototypes that koffi binds.

import { type MaybeMissing, NativeLibrary } from './native-library.ts';

/** `size` is one word: bytes offered in, bytes needed or returned out. */
type GetExtendedTable = (
  table: Uint32Array,
  size: Uint32Array,
  sort: number,
  family: number,
  tableClass: number,
  reserved: number,
) => number;
type GetTable = (table: Uint32Array, size: Uint32Array, sort: number) => number;
type GetStatistics = ((statistics: Uint32Array, family: number) => number) & MaybeMissing;
type GetBoundTable = ((table: BigUint64Array, heap: number, flags: number) => number) & MaybeMissing;

/** The IP Helper API. Each function returns its error code; GetLastError says nothing about them. */
export interface IpHelper {
  /** GetExtendedTcpTable function (iphlpapi.h). Fills the table of a class, with owners. */
  readonly getExtendedTcpTable: GetExtendedTable;
  /** GetExtendedUdpTable function (iphlpapi.h). As its TCP sibling. */
  readonly getExtendedUdpTable: GetExtendedTable;
  /** GetTcpTable function (iphlpapi.h). Fills a MIB_TCPTABLE, without owners. */
  readonly getTcpTable: GetTable;
  /** GetTcp6Table function (iphlpapi.h). Fills a MIB_TCP6TABLE. */
  readonly getTcp6Table: GetTable;
  /** GetUdpTable function (iphlpapi.h). Fills a MIB_UDPTABLE. */
  readonly getUdpTable: GetTable;
  /** GetUdp6Table function (iphlpapi.h). Fills a MIB_UDP6TABLE. */
  readonly getUdp6Table: GetTable;
  /** InternalGetBoundTcpEndpointTable, undocumented. Writes the address of a MIB_TCPTABLE2, which it allocates from the heap given. */
  readonly getBoundTcpTable: GetBoundTable;
  /** InternalGetBoundTcp6EndpointTable, undocumented. The same with a MIB_TCP6TABLE2. */
  readonly getBoundTcp6Table: GetBoundTable;
  /** GetTcpStatisticsEx2 function (iphlpapi.h). Fills one MIB_TCPSTATS2. */
  readonly getTcpStatisticsEx2: GetStatistics;
  /** GetTcpStatisticsEx function (iphlpapi.h). Fills one MIB_TCPSTATS. */
  readonly getTcpStatisticsEx: GetStatistics;
  /** GetTcpStatistics function (iphlpapi.h). Fills one MIB_TCPSTATS, of IPv4. */
  getTcpStatistics(statistics: Uint32Array): number;
  /** GetUdpStatisticsEx2 function (iphlpapi.h). Fills one MIB_UDPSTATS2. */
  readonly getUdpStatisticsEx2: GetStatistics;
  /** GetUdpStatisticsEx function (iphlpapi.h). Fills one MIB_UDPSTATS. */
  readonly getUdpStatisticsEx: GetStatistics;
  /** GetUdpStatistics function (iphlpapi.h). Fills one MIB_UDPSTATS, of IPv4. */
  getUdpStatistics(statistics: Uint32Array): number;
}

/** Handles and addresses have at most 47 significant bits in a process of Windows, so that a number holds them. */
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
  /** GetSystemDirectoryW function (sysinfoapi.h). Returns the number of UTF-16 units of the path, or that it would need; 0 is a failure. */
  getSystemDirectory(path: Uint16Array, pathUnits: number): number;
  /** CreateToolhelp32Snapshot function (tlhelp32.h). Returns a handle, or INVALID_HANDLE_VALUE. */
  createToolhelp32Snapshot(flags: number, processId: number): number;
  /** Process32FirstW function (tlhelp32.h). 0 is a failure. */
  process32First(snapshot: number, entry: Uint8Array): number;
  /** Process32NextW function (tlhelp32.h). 0 is a failure, or the end with ERROR_NO_MORE_FILES. */
  process32Next(snapshot: number, entry: Uint8Array): number;
  /** OpenProcess function (processthreadsapi.h). Returns a handle; 0 is a failure. */
  openProcess(access: number, inherits: number, processId: number): number;
  /** GetProcessTimes function (processthreadsapi.h). Fills four FILETIMEs, one 64-bit number each. 0 is a failure. */
  getProcessTimes(
    process: number,
    creation: BigUint64Array,
    exit: BigUint64Array,
    kernel: BigUint64Array,
    user: BigUint64Array,
  ): number;
  /** CloseHandle function (handleapi.h). 0 is a failure. */
  closeHandle(handle: number): number;
  /** GetProcessHeap function (heapapi.h). 0 is a failure. */
  getProcessHeap(): number;
  /** HeapSize function (heapapi.h). The size of a block in bytes; -1 is a failure. */
  heapSize(heap: number, flags: number, block: bigint): number;
  /** HeapFree function (heapapi.h). 0 is a failure. */
  heapFree(heap: number, flags: number, block: bigint): number;
}

export interface Ntdll {
  /** NtQuerySystemInformation function (winternl.h). Returns an NTSTATUS; `returned` is one word, the bytes written or needed. */
  querySystemInformation(
    informationClass: number,
    buffer: Uint32Array,
    byteLength: number,
    returned: Uint32Array,
  ): number;
  /** NtQueryInformationProcess function (winternl.h). As its sibling, of one process. */
  queryInformationProcess(
    process: number,
    informationClass: number,
    buffer: Uint32Array,
    byteLength: number,
    returned: Uint32Array,
  ): number;
}

type GetRegistryValue = ((
  key: number,
  subkey: Uint16Array,
  name: Uint16Array,
  flags: number,
  type: null,
  data: Uint8Array,
  size: Uint32Array,
) => number) &
  MaybeMissing;

/** The service control manager, where GetLastError tells what failed; and the registry. */
export interface Advapi32 {
  /** OpenSCManagerW function (winsvc.h), of this computer and its active database. Returns a handle; 0 is a failure. */
  openServiceManager(machine: null, database: null, access: number): number;
  /** EnumServicesStatusExW function (winsvc.h). Each of the last three arrays is one word. 0 is a failure, or more to come with ERROR_MORE_DATA. */
  enumServicesStatus(
    manager: number,
    infoLevel: number,
    serviceType: number,
    serviceState: number,
    buffer: Uint8Array,
    byteLength: number,
    bytesNeeded: Uint32Array,
    servicesReturned: Uint32Array,
    resumeHandle: Uint32Array,
    groupName: null,
  ): number;
  /** CloseServiceHandle function (winsvc.h). 0 is a failure. */
  closeServiceHandle(handle: number): number;
  /** RegGetValueW function (winreg.h). Returns its error code. `size` is one word: bytes offered in, bytes written or needed out. */
  readonly getRegistryValue: GetRegistryValue;
}

export function loadIpHelper(file: string): IpHelper {
  const library = new NativeLibrary(file);
  const extendedTable = (name: string) =>
    library.function(
      `uint32_t __stdcall ${name}(void *table, void *size, int32_t sort, uint32_t family, int32_t table_class, uint32_t reserved)`,
    );
  const table = (name: string) => library.function(`uint32_t __stdcall ${name}(void *table, void *size, int32_t sort)`);
  const boundTable = (name: string) =>
    library.function(`uint32_t __stdcall ${name}(void *table, intptr_t heap, uint32_t flags)`);
  const statistics = (name: string) =>
    library.function(`uint32_t __stdcall ${name}(void *statistics, uint32_t family)`);
  const statisticsOfIpv4 = (name: string) => library.function(`uint32_t __stdcall ${name}(void *statistics)`);
  return {
    getExtendedTcpTable: extendedTable('GetExtendedTcpTable'),
    getExtendedUdpTable: extendedTable('GetExtendedUdpTable'),
    getTcpTable: table('GetTcpTable'),
    getTcp6Table: table('GetTcp6Table'),
    getUdpTable: table('GetUdpTable'),
    getUdp6Table: table('GetUdp6Table'),
    getBoundTcpTable: boundTable('InternalGetBoundTcpEndpointTable'),
    getBoundTcp6Table: boundTable('InternalGetBoundTcp6EndpointTable'),
    getTcpStatisticsEx2: statistics('GetTcpStatisticsEx2'),
    getTcpStatisticsEx: statistics('GetTcpStatisticsEx'),
    getTcpStatistics: statisticsOfIpv4('GetTcpStatistics'),
    getUdpStatisticsEx2: statistics('GetUdpStatisticsEx2'),
    getUdpStatisticsEx: statistics('GetUdpStatisticsEx'),
    getUdpStatistics: statisticsOfIpv4('GetUdpStatistics'),
  };
}

export function loadKernel32(file: string): Kernel32 {
  const library = new NativeLibrary(file);
  return {
    formatMessage: library.function(
      'uint32_t __stdcall FormatMessageW(uint32_t flags, void *source, uint32_t message_id, uint32_t language_id, void *text, uint32_t text_units, void *inserts)',
    ),
    getLastError: library.function('uint32_t __stdcall GetLastError()'),
    getSystemDirectory: library.function('uint32_t __stdcall GetSystemDirectoryW(void *path, uint32_t path_units)'),
    createToolhelp32Snapshot: library.function(
      'intptr_t __stdcall CreateToolhelp32Snapshot(uint32_t flags, uint32_t process_id)',
    ),
    process32First: library.function('int32_t __stdcall Process32FirstW(intptr_t snapshot, void *entry)'),
    process32Next: library.function('int32_t __stdcall Process32NextW(intptr_t snapshot, void *entry)'),
    openProcess: library.function(
      'intptr_t __stdcall OpenProcess(uint32_t access, int32_t inherits, uint32_t process_id)',
    ),
    getProcessTimes: library.function(
      'int32_t __stdcall GetProcessTimes(intptr_t process, void *creation, void *exit, void *kernel, void *user)',
    ),
    closeHandle: library.function('int32_t __stdcall CloseHandle(intptr_t handle)'),
    getProcessHeap: library.function('intptr_t __stdcall GetProcessHeap()'),
    heapSize: library.function('intptr_t __stdcall HeapSize(intptr_t heap, uint32_t flags, void *block)'),
    heapFree: library.function('int32_t __stdcall HeapFree(intptr_t heap, uint32_t flags, void *block)'),
  };
}

export function loadNtdll(file: string): Ntdll {
  const library = new NativeLibrary(file);
  // The two trailing parameters do not exist. Wine's system-call stub reads stack arguments beyond those that koffi
  // lays out and hangs without them; the x64 calling convention ignores them.
  const querySystem = library.function(
    'uint32_t __stdcall NtQuerySystemInformation(int32_t information_class, void *buffer, uint32_t byte_length, void *returned, int64_t unused, int64_t unused_too)',
  );
  const queryProcess = library.function(
    'uint32_t __stdcall NtQueryInformationProcess(intptr_t process, int32_t information_class, void *buffer, uint32_t byte_length, void *returned, int64_t unused, int64_t unused_too)',
  );
  return {
    querySystemInformation: (informationClass, buffer, byteLength, returned) =>
      querySystem(informationClass, buffer, byteLength, returned, 0, 0),
    queryInformationProcess: (process, informationClass, buffer, byteLength, returned) =>
      queryProcess(process, informationClass, buffer, byteLength, returned, 0, 0),
  };
}

export function loadAdvapi32(file: string): Advapi32 {
  const library = new NativeLibrary(file);
  return {
    openServiceManager: library.function(
      'intptr_t __stdcall OpenSCManagerW(void *machine, void *database, uint32_t access)',
    ),
    enumServicesStatus: library.function(
      'int32_t __stdcall EnumServicesStatusExW(intptr_t manager, int32_t info_level, uint32_t service_type, uint32_t service_state, void *buffer, uint32_t byte_length, void *bytes_needed, void *services_returned, void *resume_handle, void *group_name)',
    ),
    closeServiceHandle: library.function('int32_t __stdcall CloseServiceHandle(intptr_t handle)'),
    getRegistryValue: library.function(
      'int32_t __stdcall RegGetValueW(intptr_t key, void *subkey, void *name, uint32_t flags, void *type, void *data, void *size)',
    ),
  };
}
