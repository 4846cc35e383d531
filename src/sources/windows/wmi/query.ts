// Asking WMI: one query in one namespace, and some properties of each object that it finds.

import { PartFailure } from '../../parts.ts';
import type { Com } from '../com/com.ts';
import { ComObject, method } from '../com/com-object.ts';
import type { VariantValue } from '../com/variant.ts';
import { wideString } from '../utf16.ts';
import {
  CLSID_WbemLocator,
  IID_IWbemLocator,
  WBEM_FLAG_CONNECT_USE_MAX_WAIT,
  WBEM_FLAG_FORWARD_ONLY,
  WBEM_FLAG_RETURN_IMMEDIATELY,
  WBEM_S_FALSE,
  WBEM_S_NO_ERROR,
  WBEM_S_TIMEDOUT,
} from './codes.ts';
import { WMI_LAYOUTS } from './layouts.ts';
import { wmiFailure } from './wmi-failure.ts';

/** A query that finds more is an error. */
export const MAX_OBJECTS = 10_000;

/** IWbemLocator::ConnectServer method (wbemcli.h): resource, user, password, locale, flags, authority, context, services. */
const CONNECT_SERVER = method(
  WMI_LAYOUTS.IWbemLocatorVtbl.fields.ConnectServer,
  ...['uintptr_t', 'void *', 'void *', 'void *', 'int32_t', 'void *', 'void *', 'void *'],
);
/** IWbemServices::ExecQuery method (wbemcli.h): language, query, flags, context, enumerator. */
const EXEC_QUERY = method(
  WMI_LAYOUTS.IWbemServicesVtbl.fields.ExecQuery,
  ...['uintptr_t', 'uintptr_t', 'int32_t', 'void *', 'void *'],
);
/** IEnumWbemClassObject::Next method (wbemcli.h): timeout in milliseconds, objects wanted, objects, objects returned. */
const NEXT = method(WMI_LAYOUTS.IEnumWbemClassObjectVtbl.fields.Next, ...['int32_t', 'uint32_t', 'void *', 'void *']);
/** IWbemClassObject::Get method (wbemcli.h): name, reserved, value, type, origin. */
const GET = method(WMI_LAYOUTS.IWbemClassObjectVtbl.fields.Get, ...['void *', 'int32_t', 'void *', 'void *', 'void *']);

/** A WQL query, which names the class and the properties that are read of each object, and how long the objects may take. */
export interface WmiQuery<Property extends string = string> {
  readonly namespace: string;
  readonly className: string;
  readonly properties: readonly Property[];
  readonly timeoutMs: number;
}

export type WmiObject<Property extends string = string> = Readonly<Record<Property, VariantValue>>;

/**
 * The properties of all objects of a class, in WMI's order. Blocks: `timeoutMs` bounds how long it waits for objects, but
 * connecting can take two minutes where WMI hangs. Throws a PartFailure.
 */
export function queryWmi<Property extends string>(com: Com, query: WmiQuery<Property>): WmiObject<Property>[] {
  using locator = com.createObject('WbemLocator', CLSID_WbemLocator, IID_IWbemLocator);
  using services = connect(com, locator, query.namespace);
  const wql = `SELECT ${query.properties.join(', ')} FROM ${query.className}`;
  using objects = execute(com, services, wql);
  return readObjects(com, objects, query);
}

function connect(com: Com, locator: ComObject, namespace: string): ComObject {
  const call = `ConnectServer(${namespace})`;
  using resource = com.string(namespace);
  const address = new BigUint64Array(1);
  const flags = WBEM_FLAG_CONNECT_USE_MAX_WAIT;
  com.succeeded(call, locator.call(CONNECT_SERVER, resource.address, null, null, null, flags, null, null, address));
  return secured(com, new ComObject(address[0] ?? 0n, call), 'IWbemServices');
}

/** Errors of the query may come only with its first object: it is the latter that waits for WMI. */
function execute(com: Com, services: ComObject, wql: string): ComObject {
  const call = `ExecQuery(${wql})`;
  using language = com.string('WQL');
  using text = com.string(wql);
  const address = new BigUint64Array(1);
  const flags = WBEM_FLAG_FORWARD_ONLY | WBEM_FLAG_RETURN_IMMEDIATELY;
  com.succeeded(call, services.call(EXEC_QUERY, language.address, text.address, flags, null, address));
  return secured(com, new ComObject(address[0] ?? 0n, call), 'IEnumWbemClassObject');
}

function secured(com: Com, proxy: ComObject, name: string): ComObject {
  try {
    com.impersonateOn(proxy, name);
    return proxy;
  } catch (error) {
    proxy[Symbol.dispose]();
    throw error;
  }
}

function readObjects<Property extends string>(
  com: Com,
  objects: ComObject,
  { className, properties, timeoutMs }: WmiQuery<Property>,
): WmiObject<Property>[] {
  const endMs = performance.now() + timeoutMs;
  const rows: WmiObject<Property>[] = [];
  for (;;) {
    const remainingMs = Math.max(0, Math.ceil(endMs - performance.now()));
    using object = next(objects, className, remainingMs, timeoutMs);
    if (object === undefined) return rows;
    if (rows.length === MAX_OBJECTS)
      throw new PartFailure('malformed', `${className} has more than ${MAX_OBJECTS} objects`);
    rows.push(readProperties(com, object, className, properties));
  }
}

/** The next object. Undefined: there is none. */
function next(objects: ComObject, className: string, remainingMs: number, timeoutMs: number): ComObject | undefined {
  const call = `Next(${className})`;
  const address = new BigUint64Array(1);
  const result = objects.call(NEXT, remainingMs, 1, address, new Uint32Array(1));
  if (result === WBEM_S_NO_ERROR) return new ComObject(address[0] ?? 0n, call);
  if (result === WBEM_S_FALSE) return undefined;
  if (result === WBEM_S_TIMEDOUT) throw new PartFailure('timeout', `${call} did not end within ${timeoutMs} ms`);
  throw wmiFailure(call, result);
}

function readProperties<Property extends string>(
  com: Com,
  object: ComObject,
  className: string,
  properties: readonly Property[],
): WmiObject<Property> {
  const entries = properties.map((property) => {
    const name = `${className}.${property}`;
    const value = com.value(name, (variant) =>
      com.succeeded(`Get(${name})`, object.call(GET, wideString(property), 0, variant, null, null)),
    );
    return [property, value];
  });
  return Object.fromEntries(entries) as WmiObject<Property>;
}
