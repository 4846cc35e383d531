// One service that is open, and what can be asked of it and done to it.

import type { PartFailure } from '../../sources/parts.ts';
import type { Kernel32 } from '../../sources/windows/bindings.ts';
import { ERROR_ACCESS_DENIED, ERROR_INSUFFICIENT_BUFFER } from '../../sources/windows/codes.ts';
import { wideString } from '../../sources/windows/utf16.ts';
import * as codes from '../codes.ts';
import { SERVICE_LAYOUTS } from '../layouts.ts';
import { fixedMemory, StructReader, wideList } from '../structs.ts';
import type { ServiceManagerFunctions } from './bindings.ts';
import { decodeConfig, type ServiceConfig } from './config.ts';
import { serviceFailure } from './failures.ts';
import type { Level, Setting } from './settings.ts';
import { decodeStatus, type ServiceStatus } from './status.ts';

/** The most that one query gives (QueryServiceConfigW and QueryServiceConfig2W functions). */
const CONFIG_BYTES = 8 * 1024;
/** Windows' own accounts have none. */
export const NO_PASSWORD = '';
/** Not of whoever starts it: they have opened it with the right to do so. */
const PROGRAM_IS_DENIED =
  'the account of the service may not run the program: put it where everybody may read, as in Program Files';

/** Methods throw a PartFailure that names the call. What the handle's access does not allow fails with ERROR_ACCESS_DENIED. */
export class Service implements Disposable {
  readonly name: string;
  readonly #functions: ServiceManagerFunctions;
  readonly #kernel32: Kernel32;
  readonly #handle: number;

  constructor(name: string, functions: ServiceManagerFunctions, kernel32: Kernel32, handle: number) {
    this.name = name;
    this.#functions = functions;
    this.#kernel32 = kernel32;
    this.#handle = handle;
  }

  config(): ServiceConfig {
    const bytes = fixedMemory(CONFIG_BYTES);
    const needed = new Uint32Array(1);
    const succeeded = this.#functions.queryConfig(this.#handle, bytes, bytes.byteLength, needed);
    if (succeeded === 0) throw this.#queryFailure('QueryServiceConfigW', needed);
    return decodeConfig(new StructReader('QUERY_SERVICE_CONFIGW', bytes));
  }

  /** The struct of that level; undefined when Windows does not tell: not each version of it knows all. */
  readSetting({ level, struct }: Level): StructReader | undefined {
    const bytes = fixedMemory(CONFIG_BYTES);
    const needed = new Uint32Array(1);
    const succeeded = this.#functions.queryConfig2(this.#handle, level, bytes, bytes.byteLength, needed);
    return succeeded === 0 ? undefined : new StructReader(struct, bytes);
  }

  /** Changes what is there, and leaves the rest as it is. */
  change(config: Partial<ServiceConfig>): void {
    const { serviceType, startType, errorControl, commandLine, dependencies, account, displayName } = config;
    const succeeded = this.#functions.changeConfig(
      this.#handle,
      serviceType ?? codes.SERVICE_NO_CHANGE,
      startType ?? codes.SERVICE_NO_CHANGE,
      errorControl ?? codes.SERVICE_NO_CHANGE,
      wideOrNull(commandLine),
      null,
      null,
      dependencies === undefined ? null : wideList(dependencies),
      wideOrNull(account),
      account === undefined ? null : wideString(NO_PASSWORD),
      wideOrNull(displayName),
    );
    if (succeeded === 0) throw this.#failure('ChangeServiceConfigW');
  }

  /** The failure where Windows refuses the setting. */
  set(setting: Setting): PartFailure | undefined {
    const succeeded = this.#functions.changeConfig2(this.#handle, setting.level, setting.encode());
    return succeeded === 0 ? this.#failure('ChangeServiceConfig2W', setting.name) : undefined;
  }

  status(): ServiceStatus {
    const bytes = fixedMemory(SERVICE_LAYOUTS.SERVICE_STATUS_PROCESS.size);
    const level = codes.SC_STATUS_PROCESS_INFO;
    const needed = new Uint32Array(1);
    const succeeded = this.#functions.queryStatus(this.#handle, level, bytes, bytes.byteLength, needed);
    if (succeeded === 0) throw this.#failure('QueryServiceStatusEx');
    return decodeStatus(new StructReader('SERVICE_STATUS_PROCESS', bytes));
  }

  /** False when somebody else has started it before. */
  start(): boolean {
    if (this.#functions.startService(this.#handle, 0, null) !== 0) return true;
    const code = this.#kernel32.getLastError();
    if (code === codes.ERROR_SERVICE_ALREADY_RUNNING) return false;
    const note = code === ERROR_ACCESS_DENIED ? PROGRAM_IS_DENIED : undefined;
    throw serviceFailure(this.#kernel32, `StartServiceW(${this.name})`, code, note);
  }

  /** False when it cannot be told at the moment: it is starting, stopping, or has stopped. */
  stop(): boolean {
    const status = fixedMemory(SERVICE_LAYOUTS.SERVICE_STATUS.size);
    if (this.#functions.controlService(this.#handle, codes.SERVICE_CONTROL_STOP, status) !== 0) return true;
    const code = this.#kernel32.getLastError();
    if (code === codes.ERROR_SERVICE_NOT_ACTIVE || code === codes.ERROR_SERVICE_CANNOT_ACCEPT_CTRL) return false;
    throw serviceFailure(this.#kernel32, `ControlService(${this.name}, SERVICE_CONTROL_STOP)`, code);
  }

  /** Marks it for deletion, if it is not marked. */
  delete(): void {
    if (this.#functions.deleteService(this.#handle) !== 0) return;
    const code = this.#kernel32.getLastError();
    if (code === codes.ERROR_SERVICE_MARKED_FOR_DELETE) return;
    throw serviceFailure(this.#kernel32, `DeleteService(${this.name})`, code);
  }

  [Symbol.dispose](): void {
    this.#functions.closeServiceHandle(this.#handle);
  }

  #failure(call: string, ...args: readonly string[]): PartFailure {
    const shown = [this.name, ...args].join(', ');
    return serviceFailure(this.#kernel32, `${call}(${shown})`, this.#kernel32.getLastError());
  }

  #queryFailure(call: string, needed: Uint32Array): PartFailure {
    const code = this.#kernel32.getLastError();
    const tooLong = `it needs ${needed[0]} bytes, and Windows gives at most ${CONFIG_BYTES}`;
    const note = code === ERROR_INSUFFICIENT_BUFFER ? tooLong : undefined;
    return serviceFailure(this.#kernel32, `${call}(${this.name})`, code, note);
  }
}

function wideOrNull(text: string | undefined): Uint16Array | null {
  return text === undefined ? null : wideString(text);
}
