// The functions of the stand-in library by which a test scripts it, with their C prototypes.

import koffi from 'koffi';

export type Script = ReturnType<typeof bindScript>;

export function bindScript(file: string) {
  const library = koffi.load(file);
  return {
    resetTables: library.func('void standin_tables_reset()'),
    addTableAnswer: library.func(
      'int32_t standin_table_answer(uint32_t table, uint32_t code, uint32_t size, uint32_t rows, void *endpoints, uint32_t count, uint32_t copies, uint32_t manner)',
    ),
    tableCalls: library.func('uint32_t standin_table_calls(uint32_t table, void *calls)'),
    resetStatistics: library.func('void standin_statistics_reset()'),
    setStatistics: library.func(
      'void standin_statistics(uint32_t generation, uint32_t protocol, uint32_t is_ipv6, uint32_t code, void *members)',
    ),
    statisticsCalls: library.func(
      'uint32_t standin_statistics_calls(uint32_t generation, uint32_t protocol, uint32_t is_ipv6)',
    ),
    resetHeap: library.func('void standin_heap_reset()'),
    setHeapFailures: library.func('void standin_heap_failures(uint32_t no_heap, uint32_t no_sizes)'),
    openBlocks: library.func('uint32_t standin_open_blocks()'),
    heapMisuses: library.func('uint32_t standin_heap_misuses()'),
    resetKernel32: library.func('void standin_kernel32_reset()'),
    addText: library.func('int32_t standin_text(uint32_t code, void *units, uint32_t count)'),
    addSnapshotProcess: library.func('int32_t standin_snapshot_process(uint32_t pid, void *units, uint32_t count)'),
    setToolhelpFailures: library.func(
      'void standin_toolhelp_failures(uint32_t create, uint32_t walk, uint32_t endless)',
    ),
    setDirectoryFailure: library.func('void standin_directory_failure(uint32_t units)'),
    snapshots: library.func('uint32_t standin_snapshots()'),
    openHandles: library.func('uint32_t standin_open_handles()'),
    resetNtdll: library.func('void standin_ntdll_reset()'),
    addQueriedProcess: library.func(
      'int32_t standin_queried_process(uint32_t pid, int64_t create_time, void *units, uint32_t count)',
    ),
    addQueryFailure: library.func('int32_t standin_query_failure(uint32_t code, uint32_t size)'),
    queryCalls: library.func('uint32_t standin_query_calls()'),
    unusedArguments: library.func('uint32_t standin_unused_arguments()'),
    resetOpenedProcesses: library.func('void standin_opened_process_reset()'),
    addOpenedProcess: library.func('int32_t standin_opened_process(void *how, void *units, uint32_t count)'),
    processCalls: library.func('void standin_process_calls(void *numbers)'),
    resetServices: library.func('void standin_services_reset()'),
    addService: library.func('int32_t standin_service(uint32_t pid, uint32_t type, void *units, uint32_t count)'),
    setServiceManager: library.func('void standin_service_manager(void *behaviour)'),
    serviceCalls: library.func('void standin_service_calls(void *calls)'),
    resetRegistry: library.func('void standin_registry_reset()'),
    setMachineGuid: library.func(
      'int32_t standin_machine_guid(uint32_t code, void *bytes, uint32_t size, uint32_t told_size)',
    ),
  };
}
