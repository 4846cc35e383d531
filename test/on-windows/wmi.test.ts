// World 3 (Windows, or Wine): WMI itself, through the real ole32.dll and oleaut32.dll.

import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { Com } from '../../src/sources/windows/com/com.ts';
import { defaultEphemeralRanges } from '../../src/sources/windows/ephemeral-ranges.ts';
import { DynamicPortRanges } from '../../src/sources/windows/wmi/dynamic-port-ranges.ts';
import { queryWmi, type WmiObject } from '../../src/sources/windows/wmi/query.ts';
import { wmiFailure } from '../../src/sources/windows/wmi/wmi-failure.ts';
import { openProcessUsage } from './process-usage.ts';

const LIBRARIES = { ole32: 'ole32.dll', oleaut32: 'oleaut32.dll' };
const WORKER = new URL('../../src/cli/wmi-worker.ts', import.meta.url);
/** Under Wine, a query that released nothing kept 16 KB; one that releases everything 0.6 KB, and now and then a step of the heap's. */
const MAX_BYTES_A_QUERY = 4096;
const WARM_UP_QUERIES = 200;
const WINDOWS = 4;
const WINDOW_QUERIES = 100;

function query<Property extends string>(
  className: string,
  properties: readonly Property[],
  namespace = 'root\\CIMV2',
): WmiObject<Property>[] {
  using com = new Com(LIBRARIES, wmiFailure);
  return queryWmi(com, { namespace, className, properties, timeoutMs: 60_000 });
}

describe('a WMI query', () => {
  test('tells of the operating system, in strings, integers and nulls', () => {
    const systems = query('Win32_OperatingSystem', ['Caption', 'OSType', 'CSDVersion']);
    expect(systems).toHaveLength(1);
    expect(systems[0]?.Caption).toMatch(/Windows/);
    expect(systems[0]?.OSType).toBe(18);
    expect(systems[0]).toHaveProperty('CSDVersion');
  });

  test('finds this process, by its id and name, among others', () => {
    const processes = query('Win32_Process', ['ProcessId', 'Name', 'ParentProcessId']);
    expect(processes.length).toBeGreaterThan(2);
    const own = processes.filter(({ ProcessId }) => ProcessId === process.pid);
    expect(own).toEqual([{ ProcessId: process.pid, Name: basename(process.execPath), ParentProcessId: process.ppid }]);
  });

  test('finds many objects, each once', () => {
    const names = query('Win32_Service', ['Name']).map(({ Name }) => Name);
    expect(names.length).toBeGreaterThan(10);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain('RpcSs');
  });

  test('says that a namespace does not exist', () => {
    expect(() => query('Win32_Process', ['Name'], 'root\\Nowhere')).toThrow(
      'ConnectServer(root\\Nowhere) failed: 0x8004100E (WBEM_E_INVALID_NAMESPACE); this Windows does not have the WMI namespace',
    );
  });

  test('finds nothing in a class that does not exist', () => {
    // Windows says WBEM_E_INVALID_CLASS, Wine that it has no objects.
    let found: unknown[] = [];
    try {
      found = query('Win32_Nowhere', ['Name']);
    } catch (error) {
      expect(error).toMatchObject({ code: expect.stringMatching(/^0x8004101[07]$/) });
    }
    expect(found).toEqual([]);
  });

  test('says that a class has no such property', () => {
    // Windows refuses the query, Wine the property.
    expect(() => query('Win32_Process', ['Nothing'])).toThrow(
      /failed: 0x800410(02|17) \(WBEM_E_(NOT_FOUND|INVALID_QUERY)\)/,
    );
  });

  test('leaves no handle and no memory behind', () => {
    // The garbage of JavaScript would hide what native code keeps.
    setFlagsFromString('--expose-gc');
    const collectGarbage: () => void = runInNewContext('gc');
    using usage = openProcessUsage(process.pid);
    const privateBytes = (): number => {
      collectGarbage();
      return usage.memory().privateBytes;
    };
    const repeat = (times: number): void => {
      for (let done = 0; done < times; done += 1) query('Win32_Process', ['ProcessId', 'Name']);
    };
    repeat(WARM_UP_QUERIES);
    const handles = usage.handles();
    const growths = Array.from({ length: WINDOWS }, () => {
      const before = privateBytes();
      repeat(WINDOW_QUERIES);
      return (privateBytes() - before) / WINDOW_QUERIES;
    });
    expect(Math.min(...growths)).toBeLessThan(MAX_BYTES_A_QUERY);
    expect(usage.handles() - handles).toBeLessThan(10);
  });
});

describe('the dynamic port ranges', () => {
  test('are what this Windows says, or the documented default with the reason', async () => {
    const ranges = new DynamicPortRanges(WORKER, LIBRARIES);
    let report: { fallback?: string } = {};
    let read = ranges.read(report);
    while (report.fallback?.includes('has not answered yet')) {
      await sleep(20);
      report = {};
      read = ranges.read(report);
    }
    ranges.close();
    expect(read).toHaveLength(4);
    if (report.fallback === undefined) {
      expect(read.map(({ source }) => source)).toEqual(['wmi', 'assumed', 'wmi', 'assumed']);
      return;
    }
    // Wine has the namespace, but not the class.
    expect(report.fallback).toBe('the documented default, because WMI has no object of MSFT_NetTCPSetting');
    expect(read).toEqual(defaultEphemeralRanges());
  });
});
