// The functions that manage one service and its files, with the C prototypes that koffi binds.

import { NativeLibrary } from '../../sources/windows/native-library.ts';

/** Texts are UTF-16 with a NUL. A 0 is a failure of each function, whose code GetLastError tells. */
export interface ServiceManagerFunctions {
  /** OpenSCManagerW function (winsvc.h), of this computer and its active database. Returns a handle. */
  openManager(machine: null, database: null, access: number): number;
  /** CreateServiceW function (winsvc.h). Returns a handle of the service with that access. */
  createService(
    manager: number,
    name: Uint16Array,
    displayName: Uint16Array,
    access: number,
    serviceType: number,
    startType: number,
    errorControl: number,
    binaryPath: Uint16Array,
    loadOrderGroup: null,
    tag: null,
    dependencies: Uint16Array | null,
    account: Uint16Array,
    password: Uint16Array,
  ): number;
  /** OpenServiceW function (winsvc.h). Returns a handle. */
  openService(manager: number, name: Uint16Array, access: number): number;
  /** QueryServiceConfigW function (winsvc.h). Fills a QUERY_SERVICE_CONFIGW and its texts; `needed` is one word. */
  queryConfig(service: number, config: Uint8Array, byteLength: number, needed: Uint32Array): number;
  /** QueryServiceConfig2W function (winsvc.h). The same for the struct of that level. */
  queryConfig2(service: number, level: number, info: Uint8Array, byteLength: number, needed: Uint32Array): number;
  /** ChangeServiceConfigW function (winsvc.h). SERVICE_NO_CHANGE and null leave things as they are. */
  changeConfig(
    service: number,
    serviceType: number,
    startType: number,
    errorControl: number,
    binaryPath: Uint16Array | null,
    loadOrderGroup: null,
    tag: null,
    dependencies: Uint16Array | null,
    account: Uint16Array | null,
    password: Uint16Array | null,
    displayName: Uint16Array | null,
  ): number;
  /** ChangeServiceConfig2W function (winsvc.h). Takes the struct of that level. */
  changeConfig2(service: number, level: number, info: Uint8Array): number;
  /** QueryServiceStatusEx function (winsvc.h). Fills a SERVICE_STATUS_PROCESS; `needed` is one word. */
  queryStatus(service: number, level: number, status: Uint8Array, byteLength: number, needed: Uint32Array): number;
  /** StartServiceW function (winsvc.h). Returns when the process has called the dispatcher, or after 30 s. */
  startService(service: number, argumentCount: number, args: null): number;
  /** ControlService function (winsvc.h). Fills a SERVICE_STATUS. */
  controlService(service: number, control: number, status: Uint8Array): number;
  /** DeleteService function (winsvc.h). Marks it: it is gone when it is stopped and its last handle closed. */
  deleteService(service: number): number;
  /** CloseServiceHandle function (winsvc.h). */
  closeServiceHandle(handle: number): number;
}

export function loadServiceManager(file: string): ServiceManagerFunctions {
  const library = new NativeLibrary(file);
  return {
    openManager: library.function('intptr_t __stdcall OpenSCManagerW(void *machine, void *database, uint32_t access)'),
    createService: library.function(
      'intptr_t __stdcall CreateServiceW(intptr_t manager, void *name, void *display_name, uint32_t access, uint32_t service_type, uint32_t start_type, uint32_t error_control, void *binary_path, void *load_order_group, void *tag, void *dependencies, void *account, void *password)',
    ),
    openService: library.function('intptr_t __stdcall OpenServiceW(intptr_t manager, void *name, uint32_t access)'),
    queryConfig: library.function(
      'int32_t __stdcall QueryServiceConfigW(intptr_t service, void *config, uint32_t byte_length, void *needed)',
    ),
    queryConfig2: library.function(
      'int32_t __stdcall QueryServiceConfig2W(intptr_t service, uint32_t level, void *info, uint32_t byte_length, void *needed)',
    ),
    changeConfig: library.function(
      'int32_t __stdcall ChangeServiceConfigW(intptr_t service, uint32_t service_type, uint32_t start_type, uint32_t error_control, void *binary_path, void *load_order_group, void *tag, void *dependencies, void *account, void *password, void *display_name)',
    ),
    changeConfig2: library.function(
      'int32_t __stdcall ChangeServiceConfig2W(intptr_t service, uint32_t level, void *info)',
    ),
    queryStatus: library.function(
      'int32_t __stdcall QueryServiceStatusEx(intptr_t service, int32_t level, void *status, uint32_t byte_length, void *needed)',
    ),
    startService: library.function(
      'int32_t __stdcall StartServiceW(intptr_t service, uint32_t argument_count, void *arguments)',
    ),
    controlService: library.function(
      'int32_t __stdcall ControlService(intptr_t service, uint32_t control, void *status)',
    ),
    deleteService: library.function('int32_t __stdcall DeleteService(intptr_t service)'),
    closeServiceHandle: library.function('int32_t __stdcall CloseServiceHandle(intptr_t handle)'),
  };
}

/** 0 is a failure. */
type MoveFile = (from: Uint16Array, to: Uint16Array | null, flags: number) => number;

/** MoveFileExW function (winbase.h). */
export function loadMoveFile(kernel32: string): MoveFile {
  return new NativeLibrary(kernel32).function('int32_t __stdcall MoveFileExW(void *from, void *to, uint32_t flags)');
}
