// World: none. A mistake of the program is not taken for a failure of Windows, whose next way would hide it.

import { expect, test } from 'vitest';
import { createUdpTable } from '../../../src/model/sockets.ts';
import { PartReader } from '../../../src/sources/parts.ts';
import { loadAdvapi32, loadIpHelper, loadKernel32, loadNtdll } from '../../../src/sources/windows/bindings.ts';
import { CommandLineReader } from '../../../src/sources/windows/command-line-reader.ts';
import { GrowingBuffer } from '../../../src/sources/windows/growing-buffer.ts';
import { readProcesses } from '../../../src/sources/windows/processes.ts';
import { ServiceReader } from '../../../src/sources/windows/service-reader.ts';
import { readTcpTable } from '../../../src/sources/windows/tables.ts';
import type { Windows } from '../../../src/sources/windows/windows.ts';

const ABSENT = '/nowhere/absent.dll';
const ACCESS_DENIED = 5;

function mistake(): never {
  throw new TypeError('not a function');
}

/** Nothing can be called but what is given. */
function windowsWith({
  ipHelper,
  kernel32,
  ntdll,
  advapi32,
}: {
  readonly ipHelper?: Partial<Windows['ipHelper']>;
  readonly kernel32?: Partial<Windows['kernel32']>;
  readonly ntdll?: Partial<Windows['ntdll']>;
  readonly advapi32?: Partial<Windows['advapi32']>;
}): Windows {
  return {
    ipHelper: { ...loadIpHelper(ABSENT), ...ipHelper },
    kernel32: { ...loadKernel32(ABSENT), ...kernel32 },
    ntdll: { ...loadNtdll(ABSENT), ...ntdll },
    advapi32: { ...loadAdvapi32(ABSENT), ...advapi32 },
    buffer: new GrowingBuffer(),
  };
}

test('in the query for processes', () => {
  expect(() => readProcesses(windowsWith({ ntdll: { querySystemInformation: mistake } }), {})).toThrow(TypeError);
});

test('in the query for a command line', () => {
  const processes = new Map([[812, { pid: 812, name: 'java.exe', creationTime: 0 }]]);
  const udp4 = { ...createUdpTable('ipv4', 1), pid: Uint32Array.of(812) };
  const reader = new CommandLineReader(windowsWith({ kernel32: { openProcess: mistake } }), new Set(['java.exe']));
  expect(() => reader.read(processes, { udp4 }, {})).toThrow(TypeError);
});

test('in the table with owners, or in the one without', () => {
  const withOwners = windowsWith({ ipHelper: { getExtendedTcpTable: mistake, getTcpTable: () => 0 } });
  expect(() => readTcpTable(withOwners, 'ipv4', {})).toThrow(TypeError);
  const withoutOwners = windowsWith({ ipHelper: { getExtendedTcpTable: () => ACCESS_DENIED, getTcpTable: mistake } });
  expect(() => readTcpTable(withoutOwners, 'ipv4', {})).toThrow(TypeError);
});

test('in the look-up of services: the part says that it was one', () => {
  const reader = new PartReader();
  new ServiceReader(windowsWith({ advapi32: { openServiceManager: mistake } })).read(reader, new Map(), {});
  expect(reader.reports.services?.error).toEqual({ code: 'internal', message: 'not a function' });
});
