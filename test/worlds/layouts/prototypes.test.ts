// World 4 (mingw-w64's headers): functions and methods are bound with the parameters that they have.

import { expect, test, vi } from 'vitest';
import * as bindings from '../../../src/sources/windows/bindings.ts';
import { Com } from '../../../src/sources/windows/com/com.ts';
import type { Layout } from '../../../src/sources/windows/layouts.ts';
import { WBEM_S_FALSE, WBEM_S_NO_ERROR } from '../../../src/sources/windows/wmi/codes.ts';
import { queryWmi } from '../../../src/sources/windows/wmi/query.ts';
import { wmiFailure } from '../../../src/sources/windows/wmi/wmi-failure.ts';
import { ERROR_FILE_NOT_FOUND } from '../../../src/windows-service/codes.ts';
import * as eventLogBindings from '../../../src/windows-service/event-log/bindings.ts';
import { hresultOf } from '../../../src/windows-service/firewall/codes.ts';
import { FIREWALL_LAYOUTS } from '../../../src/windows-service/firewall/layouts.ts';
import { setFirewallRule } from '../../../src/windows-service/firewall/rule.ts';
import * as managingBindings from '../../../src/windows-service/managing/bindings.ts';
import * as privateFolderBindings from '../../../src/windows-service/private-folder/bindings.ts';
import { HANDLER_EX, loadServiceFunctions, SERVICE_MAIN } from '../../../src/windows-service/running/bindings.ts';
import { boundShape, parseBound } from './bound-prototypes.ts';
import { describeOnHeaders } from './compiler.ts';
import { declaredPrototypes, type Prototype, type Shape } from './prototypes.ts';

/** No header declares them: what they take is told by those who have watched Windows' own programs call them. */
const BOUND_TABLE: Prototype = { returns: 'uint32', parameters: ['pointer', 'address', 'uint32'] };
const UNDOCUMENTED = new Map([
  ['InternalGetBoundTcpEndpointTable', BOUND_TABLE],
  ['InternalGetBoundTcp6EndpointTable', BOUND_TABLE],
]);
/** Parameters that are bound, but do not exist: see loadNtdll. */
const UNUSED_PARAMETERS: Readonly<Record<string, readonly Shape[]>> = {
  NtQuerySystemInformation: ['int64', 'int64'],
  NtQueryInformationProcess: ['int64', 'int64'],
};

const recorder = vi.hoisted(() => ({
  functions: [] as string[],
  methods: new Map<string, readonly string[]>(),
  /** Offsets of methods are not unique: their names stand for them. */
  named: (layouts: Readonly<Record<string, Layout>>): object =>
    Object.fromEntries(
      Object.entries(layouts).map(([struct, { size, fields }]) => {
        const names = Object.keys(fields).map((member) => [member, `${struct}.${member}`]);
        return [struct, { size, fields: struct.endsWith('Vtbl') ? Object.fromEntries(names) : fields }];
      }),
    ),
}));

// Loads nothing, and calls nothing: what is bound and called is written down, succeeds, and gives addresses.
vi.mock('koffi', () => {
  const succeed = (args: readonly unknown[]) => {
    for (const argument of args) if (argument instanceof BigUint64Array) argument[0] = 1n;
  };
  const koffi = {
    load: () => ({
      func: (prototype: string) => {
        recorder.functions.push(prototype);
        return (...args: readonly unknown[]) => {
          succeed(args);
          return prototype.includes('SysAllocString') ? 1 : 0;
        };
      },
    }),
    proto: (returns: string, parameters: readonly string[]) => [returns, ...parameters],
    // An object is its own table, and what stands in that is a method's name, which is its offset here.
    decode: (address: unknown, ...[offset, type]: readonly unknown[]) => (type === undefined ? address : offset),
    call: (method: string, type: readonly string[], ...args: readonly unknown[]) => {
      const isFirst = !recorder.methods.has(method);
      const isRemoved = recorder.methods.has('INetFwRulesVtbl.Remove');
      recorder.methods.set(method, type);
      expect(args).toHaveLength(type.length - 1);
      succeed(args);
      if (method === 'IEnumWbemClassObjectVtbl.Next') return isFirst ? WBEM_S_NO_ERROR : WBEM_S_FALSE;
      return method === 'INetFwRulesVtbl.Item' && isRemoved ? hresultOf(ERROR_FILE_NOT_FOUND) : 0;
    },
  };
  return { default: koffi };
});

vi.mock('../../../src/sources/windows/com/layouts.ts', async (importOriginal) => {
  const { COM_LAYOUTS } = await importOriginal<typeof import('../../../src/sources/windows/com/layouts.ts')>();
  return { COM_LAYOUTS: recorder.named(COM_LAYOUTS) };
});

vi.mock('../../../src/sources/windows/wmi/layouts.ts', async (importOriginal) => {
  const { WMI_LAYOUTS } = await importOriginal<typeof import('../../../src/sources/windows/wmi/layouts.ts')>();
  return { WMI_LAYOUTS: recorder.named(WMI_LAYOUTS) };
});

vi.mock('../../../src/windows-service/firewall/layouts.ts', async (importOriginal) => {
  const { FIREWALL_LAYOUTS } =
    await importOriginal<typeof import('../../../src/windows-service/firewall/layouts.ts')>();
  return { FIREWALL_LAYOUTS: recorder.named(FIREWALL_LAYOUTS) };
});

/** What is bound by now, functions and methods. */
function boundPrototypes(): Map<string, Prototype> {
  const methods = Array.from(recorder.methods, ([name, [returns = '', ...parameters]]): [string, Prototype] => [
    name,
    { returns: boundShape(returns), parameters: parameters.map(boundShape) },
  ]);
  return new Map([...recorder.functions.map(parseBound), ...methods]);
}

/** What the headers declare of that, in the words of what is bound. */
function expectedPrototypes(bound: ReadonlyMap<string, Prototype>): Map<string, Prototype> {
  const declared = declaredPrototypes([...bound.keys()]);
  return new Map(
    Array.from(declared, ([name, { returns, parameters }]) => {
      const ours = bound.get(name);
      const all = [...parameters, ...(UNUSED_PARAMETERS[name] ?? [])];
      const alike = all.map((shape, index) => inWordsOf(ours?.parameters[index], shape));
      return [name, { returns: inWordsOf(ours?.returns, returns), parameters: alike }];
    }),
  );
}

/** Handles are pointers in the headers, sizes are 64-bit numbers; an address stands for each. */
function inWordsOf(bound: Shape | undefined, declared: Shape): Shape {
  return bound === 'address' && ['pointer', 'int64', 'uint64'].includes(declared) ? bound : declared;
}

const COM_FILES = { ole32: 'ole32.dll', oleaut32: 'oleaut32.dll' };

function readOneObject(): void {
  using com = new Com(COM_FILES, wmiFailure);
  queryWmi(com, { namespace: 'root', className: 'Any', properties: ['Any'], timeoutMs: 1 });
}

function replaceAndAddRule(): void {
  const [name, description, program] = ['name', 'description', 'program'];
  // All texts come back empty: the rule that is found is ours with this one.
  const service = '';
  const rule = { name, description, program, service, ports: [9100], from: ['any'] };
  setFirewallRule(rule, { ...COM_FILES, kernel32: 'kernel32.dll' });
}

function calledMethods(names: RegExp): string[] {
  return [...recorder.methods.keys()].filter((name) => names.test(name)).sort();
}

const getLastError = () => 0;

describeOnHeaders('the prototypes', () => {
  test('of functions and methods are those that the headers declare', () => {
    const loaders = [bindings, managingBindings, privateFolderBindings].flatMap((module) => Object.values(module));
    for (const load of loaders) load('any.dll');
    for (const load of [...Object.values(eventLogBindings), loadServiceFunctions]) load('any.dll', { getLastError });
    readOneObject();
    replaceAndAddRule();
    const bound = boundPrototypes();
    const expected = expectedPrototypes(bound);
    expect([...bound.keys()].filter((name) => !expected.has(name))).toEqual([...UNDOCUMENTED.keys()]);
    expect(bound).toEqual(new Map([...expected, ...UNDOCUMENTED]));
  });

  test('of the methods that lead to one object of WMI are among them', () => {
    readOneObject();
    expect(calledMethods(/^I(Enum)?Wbem/)).toEqual([
      'IEnumWbemClassObjectVtbl.Next',
      'IWbemClassObjectVtbl.Get',
      'IWbemLocatorVtbl.ConnectServer',
      'IWbemServicesVtbl.ExecQuery',
    ]);
  });

  test('of the methods that replace a firewall rule are among them, and those of no property are missing', () => {
    replaceAndAddRule();
    const tables = Object.values(FIREWALL_LAYOUTS).flatMap(({ fields }) => Object.values<unknown>(fields));
    expect(calledMethods(/^INetFw/)).toEqual(tables.toSorted());
    expect(calledMethods(/^IUnknown/)).toEqual(['IUnknownVtbl.Release']);
  });

  test('of the functions that Windows calls are those that the headers declare', () => {
    const callbacks = { LPSERVICE_MAIN_FUNCTIONW: SERVICE_MAIN, LPHANDLER_FUNCTION_EX: HANDLER_EX };
    const bound = Object.entries(callbacks).map(([name, { returns, parameters }]): [string, Prototype] => [
      name,
      { returns: boundShape(returns), parameters: parameters.map(boundShape) },
    ]);
    expect(new Map(bound)).toEqual(declaredPrototypes(Object.keys(callbacks)));
  });
});
