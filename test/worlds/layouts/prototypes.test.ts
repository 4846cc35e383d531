// World 4 (mingw-w64's headers): functions and methods are bound with the parameters that they have.

import { expect, test, vi } from 'vitest';
import * as bindings from '../../../src/sources/windows/bindings.ts';
import { Com } from '../../../src/sources/windows/wmi/com.ts';
import { queryWmi } from '../../../src/sources/windows/wmi/query.ts';
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

const recorder = vi.hoisted(() => ({ functions: [] as string[], methods: new Map<string, readonly string[]>() }));

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
      const WBEM_S_FALSE = 1;
      const isSecond = recorder.methods.has(method);
      recorder.methods.set(method, type);
      expect(args).toHaveLength(type.length - 1);
      succeed(args);
      return isSecond && method.endsWith('.Next') ? WBEM_S_FALSE : 0;
    },
  };
  return { default: koffi };
});

// Offsets of methods are not unique: their names stand for them.
vi.mock('../../../src/sources/windows/wmi/layouts.ts', async (importOriginal) => {
  const { WMI_LAYOUTS } = await importOriginal<typeof import('../../../src/sources/windows/wmi/layouts.ts')>();
  const layouts = Object.entries(WMI_LAYOUTS).map(([struct, { size, fields }]) => {
    const names = Object.keys(fields).map((member) => [member, `${struct}.${member}`]);
    return [struct, { size, fields: struct.endsWith('Vtbl') ? Object.fromEntries(names) : fields }];
  });
  return { WMI_LAYOUTS: Object.fromEntries(layouts) };
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

function readOneObject(): void {
  using com = new Com({ ole32: 'ole32.dll', oleaut32: 'oleaut32.dll' });
  queryWmi(com, { namespace: 'root', className: 'Any', properties: ['Any'], timeoutMs: 1 });
}

describeOnHeaders('the prototypes', () => {
  test('of functions and methods are those that the headers declare', () => {
    for (const load of Object.values(bindings)) load('any.dll');
    readOneObject();
    const bound = boundPrototypes();
    const expected = expectedPrototypes(bound);
    expect([...bound.keys()].filter((name) => !expected.has(name))).toEqual([...UNDOCUMENTED.keys()]);
    expect(bound).toEqual(new Map([...expected, ...UNDOCUMENTED]));
  });

  test('of the methods that lead to one object of WMI are among them', () => {
    readOneObject();
    expect([...recorder.methods.keys()].sort()).toEqual([
      'IEnumWbemClassObjectVtbl.Next',
      'IUnknownVtbl.Release',
      'IWbemClassObjectVtbl.Get',
      'IWbemLocatorVtbl.ConnectServer',
      'IWbemServicesVtbl.ExecQuery',
    ]);
  });
});
