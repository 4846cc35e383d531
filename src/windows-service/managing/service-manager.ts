// The service control manager of this computer, and the services that it opens.

import { type Kernel32, loadKernel32 } from '../../sources/windows/bindings.ts';
import { wideString } from '../../sources/windows/utf16.ts';
import { ERROR_SERVICE_DOES_NOT_EXIST } from '../codes.ts';
import type { ServiceLibraries } from '../libraries.ts';
import { wideList } from '../structs.ts';
import { loadServiceManager, type ServiceManagerFunctions } from './bindings.ts';
import type { ServiceConfig } from './config.ts';
import { serviceFailure } from './failures.ts';
import { NO_PASSWORD, Service } from './service.ts';

/** All of it throws a PartFailure that names the call. */
export class ServiceManager implements Disposable {
  readonly #functions: ServiceManagerFunctions;
  readonly #kernel32: Kernel32;
  readonly #handle: number;

  /** `access`: SC_MANAGER_CONNECT opens services, SC_MANAGER_CREATE_SERVICE creates them. */
  constructor(libraries: ServiceLibraries, access: number) {
    this.#functions = loadServiceManager(libraries.advapi32);
    this.#kernel32 = loadKernel32(libraries.kernel32);
    this.#handle = this.#functions.openManager(null, null, access);
    if (this.#handle === 0) throw this.#failure('OpenSCManagerW', this.#kernel32.getLastError());
  }

  /** Undefined when no service has that name. */
  find(name: string, access: number): Service | undefined {
    const handle = this.#functions.openService(this.#handle, wideString(name), access);
    if (handle !== 0) return this.#service(name, handle);
    const code = this.#kernel32.getLastError();
    if (code === ERROR_SERVICE_DOES_NOT_EXIST) return undefined;
    throw this.#failure(`OpenServiceW(${name})`, code);
  }

  /** The same, and that there is none is a failure. */
  open(name: string, access: number): Service {
    const service = this.find(name, access);
    if (service === undefined) throw this.#failure(`OpenServiceW(${name})`, ERROR_SERVICE_DOES_NOT_EXIST);
    return service;
  }

  create(name: string, config: ServiceConfig, access: number): Service {
    const handle = this.#functions.createService(
      this.#handle,
      wideString(name),
      wideString(config.displayName),
      access,
      config.serviceType,
      config.startType,
      config.errorControl,
      wideString(config.commandLine),
      null,
      null,
      wideList(config.dependencies),
      wideString(config.account),
      wideString(NO_PASSWORD),
    );
    if (handle === 0) throw this.#failure(`CreateServiceW(${name})`, this.#kernel32.getLastError());
    return this.#service(name, handle);
  }

  [Symbol.dispose](): void {
    this.#functions.closeServiceHandle(this.#handle);
  }

  #service(name: string, handle: number): Service {
    return new Service(name, this.#functions, this.#kernel32, handle);
  }

  #failure(call: string, code: number) {
    return serviceFailure(this.#kernel32, call, code);
  }
}
