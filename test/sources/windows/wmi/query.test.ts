// World 2 (the ABI stand-in): asking WMI: what is found, what fails at each step, and that nothing is left behind.

import { afterEach, expect, test, vi } from 'vitest';
import { PartFailure } from '../../../../src/sources/parts.ts';
import { Com } from '../../../../src/sources/windows/com/com.ts';
import { readPortRanges } from '../../../../src/sources/windows/wmi/port-ranges.ts';
import { MAX_OBJECTS, queryWmi } from '../../../../src/sources/windows/wmi/query.ts';
import { wmiFailure } from '../../../../src/sources/windows/wmi/wmi-failure.ts';
import { COM_STEPS, type ComStep, NOTHING_LEFT } from '../../../worlds/standin/com.ts';
import { describeOnCom } from '../com/open-com.ts';

const QUERY = { namespace: 'root\\StandardCimv2', className: 'Thing', properties: ['Name', 'Size'], timeoutMs: 60_000 };
const WQL = 'SELECT Name, Size FROM Thing';
const ACCESS_DENIED = 0x8004_1003;

describeOnCom('a WMI query', (com, libraries) => {
  const query = (changes: Partial<typeof QUERY> = {}) => {
    using entered = new Com(libraries, wmiFailure);
    return queryWmi(entered, { ...QUERY, ...changes });
  };

  afterEach(() => {
    expect(com.leftovers()).toEqual(NOTHING_LEFT);
  });

  test('gives the properties of each object of the class, in their order', () => {
    com.objects('Thing', { Name: 'first', Size: 49_152, Other: 1 }, { Size: -1, Name: null });
    com.objects('Other', { Name: 'other' });
    com.objects('Thing', { Name: 'żółć 装置', Size: 0 });
    expect(query()).toEqual([
      { Name: 'first', Size: 49_152 },
      { Name: null, Size: -1 },
      { Name: 'żółć 装置', Size: 0 },
    ]);
  });

  test('takes a string without memory for an empty one', () => {
    com.objects('Thing', { Name: '', Size: 1 });
    expect(query()).toEqual([{ Name: '', Size: 1 }]);
  });

  test('finds nothing in a class without objects', () => {
    expect(query()).toEqual([]);
  });

  test('can be made again and again', () => {
    com.objects('Thing', { Name: 'first', Size: 1 }, { Name: 'second', Size: 2 });
    for (let times = 0; times < 200; times += 1) expect(query()).toHaveLength(2);
  });

  const CALLS: Readonly<Record<ComStep, string>> = {
    CoInitializeEx: 'CoInitializeEx(COINIT_MULTITHREADED)',
    CoCreateInstance: 'CoCreateInstance(WbemLocator)',
    ConnectServer: 'ConnectServer(root\\StandardCimv2)',
    'CoSetProxyBlanket(IWbemServices)': 'CoSetProxyBlanket(IWbemServices)',
    ExecQuery: `ExecQuery(${WQL})`,
    'CoSetProxyBlanket(IEnumWbemClassObject)': 'CoSetProxyBlanket(IEnumWbemClassObject)',
    Next: 'Next(Thing)',
    Get: 'Get(Thing.Name)',
  };

  test.each(COM_STEPS)('says that %s failed, and with which code', (step) => {
    com.objects('Thing', { Name: 'first', Size: 1 });
    com.step(step, 0x8004_1013);
    expect(() => query()).toThrow(
      new PartFailure('0x80041013', `${CALLS[step]} failed: 0x80041013 (WBEM_E_PROVIDER_LOAD_FAILURE)`),
    );
    expect(com.calls(step)).toBe(1);
  });

  test.each(['CoCreateInstance', 'ConnectServer', 'ExecQuery', 'Next'] as const)(
    'is an error when %s succeeds without an object',
    (step) => {
      com.objects('Thing', { Name: 'first', Size: 1 });
      com.step(step, 0, { isEmpty: true });
      expect(() => query()).toThrow(new PartFailure('malformed', `${CALLS[step]} succeeded, but gave no object`));
    },
  );

  test('says that there is no memory for its texts', () => {
    com.noMemory();
    expect(() => query()).toThrow(
      new PartFailure('0x8007000E', 'SysAllocString(root\\StandardCimv2) failed: there is no memory'),
    );
  });

  test('takes the least of the failing codes for one', () => {
    com.step('ExecQuery', 0x8000_0000);
    expect(() => query()).toThrow('failed: 0x80000000');
  });

  test('takes any way of succeeding to initialize COM: this thread may have done so before', () => {
    com.step('CoInitializeEx', 1);
    expect(query()).toEqual([]);
  });

  test('asks objects that are no proxies as they are', () => {
    com.objects('Thing', { Name: 'first', Size: 1 });
    com.step('CoSetProxyBlanket(IWbemServices)', 0x8000_4002);
    com.step('CoSetProxyBlanket(IEnumWbemClassObject)', 0x8000_4002);
    expect(query()).toHaveLength(1);
  });

  test('says which namespace is not there', () => {
    expect(() => query({ namespace: 'root\\Nowhere' })).toThrow(
      'ConnectServer(root\\Nowhere) failed: 0x8004100E (WBEM_E_INVALID_NAMESPACE); this Windows does not have',
    );
  });

  test('says which property is not there', () => {
    com.objects('Thing', { Name: 'first' });
    expect(() => query()).toThrow('Get(Thing.Size) failed: 0x80041002 (WBEM_E_NOT_FOUND)');
  });

  test('says which property has a value of an unknown type', () => {
    com.objects('Thing', { Name: 'first', Size: { type: 0x2003, value: 0n } });
    expect(() => query()).toThrow('Thing.Size is a VARIANT of type 8195');
  });

  test('says which string is too long, and does not read it', () => {
    com.objects('Thing', { Name: { text: 'first', claimedUnits: 40_000 }, Size: 1 });
    expect(() => query()).toThrow(
      new PartFailure('malformed', 'Thing.Name is a string of 40000 units; the limit is 32767'),
    );
  });

  test('says that the objects did not come in time', () => {
    com.objects('Thing', { Name: 'first', Size: 1 });
    com.step('Next', 0x4_0004);
    expect(() => query({ timeoutMs: 1234 })).toThrow(
      new PartFailure('timeout', 'Next(Thing) did not end within 1234 ms'),
    );
  });

  test('waits for each object no longer than what is left of the time for all', () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    com.objects('Thing', { Name: 'first', Size: 1 });
    query({ timeoutMs: 1234 });
    expect(com.nextTimeoutMs()).toBe(1234);
    using entered = new Com(libraries, wmiFailure);
    expect(() => readPortRanges(entered)).toThrow('WMI has no object');
    expect(com.nextTimeoutMs()).toBe(5000);
    vi.useRealTimers();
  });

  test('does not wait for a negative time when the time is over', () => {
    com.objects('Thing', { Name: 'first', Size: 1 });
    query({ timeoutMs: -100 });
    expect(com.nextTimeoutMs()).toBe(0);
  });

  test('says that access was denied, when that comes with the first object only', () => {
    com.step('Next', ACCESS_DENIED);
    expect(() => query()).toThrow('Next(Thing) failed: 0x80041003 (WBEM_E_ACCESS_DENIED); give the account');
  });

  test('ends when there is no end of objects', () => {
    com.objects('Thing', { Name: 'first', Size: 1 });
    com.endless();
    expect(() => query()).toThrow(new PartFailure('malformed', 'Thing has more than 10000 objects'));
    expect(com.calls('Next')).toBe(MAX_OBJECTS + 1);
  });

  test.each(['ole32', 'oleaut32'] as const)('says that %s cannot be loaded', (name) => {
    expect(() => {
      using entered = new Com({ ...libraries, [name]: '/nowhere/absent.dll' }, wmiFailure);
      queryWmi(entered, QUERY);
    }).toThrow(/^loading \/nowhere\/absent\.dll failed: \S/);
  });
});
