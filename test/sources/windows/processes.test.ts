// World 2 (the ABI stand-in): NtQuerySystemInformation, and Toolhelp where it fails, called through koffi.

import { expect, test } from 'vitest';
import type { Process, Processes } from '../../../src/model/processes.ts';
import { INITIAL_BYTES, MAX_RETRIES } from '../../../src/sources/windows/growing-buffer.ts';
import { describeOnStandin, OTHER_LIBRARY, openSource, readOnce } from './open-standin.ts';

const INFO_LENGTH_MISMATCH = 0xc000_0004;
const ACCESS_DENIED_STATUS = 0xc000_0022;

const PROCESSES = [
  { pid: 0, name: '' },
  { pid: 4, name: 'System' },
  { pid: 812, name: 'svchost.exe' },
  { pid: 4711, name: 'Überwachung-監視-🔭.exe' },
];
const NAMED = [
  { pid: 4, name: 'System', services: [] },
  { pid: 812, name: 'svchost.exe', services: [] },
  { pid: 4711, name: 'Überwachung-監視-🔭.exe', services: [] },
];

const compare = (one: Process, other: Process): number => one.pid - other.pid;

function byPid(processes: Processes | undefined): Process[] {
  return [...(processes?.values() ?? [])].sort(compare);
}

describeOnStandin('the processes', (standin) => {
  test('are those of one query, with names in any script', () => {
    standin.queriedProcesses(PROCESSES);
    const { processes, parts } = readOnce(standin.libraries);
    expect(byPid(processes)).toEqual([...NAMED, { pid: 8, name: 'init.exe', services: [] }].sort(compare));
    expect(parts.processes).toEqual({ durationMs: expect.any(Number) });
    expect(standin.queryCalls()).toBe(1);
    expect(standin.hasUnusedArguments()).toBe(false);
  });

  test.each([
    { kernel: [], named: 'without the kernel' },
    { kernel: [{ pid: 4, name: '' }], named: 'with a kernel that has no name' },
    { kernel: [{ pid: 4, name: 'ntoskrnl.exe' }], named: 'with a kernel of another name' },
  ])('have System as number 4 though Windows gives a list $named', ({ kernel }) => {
    standin.queriedProcesses(kernel);
    expect(byPid(readOnce(standin.libraries).processes)).toEqual([
      { pid: 4, name: 'System', services: [] },
      { pid: 8, name: 'init.exe', services: [] },
    ]);
  });

  test.each(['', 'Idle'])('never have a number 0, which is idle time: %j', (name) => {
    standin.queriedProcesses([{ pid: 0, name }]);
    expect(readOnce(standin.libraries).processes?.has(0)).toBe(false);
  });

  test('are asked for anew by every read, as a process id may be another process by then', () => {
    const source = openSource(standin.libraries);
    standin.queriedProcesses([{ pid: 812, name: 'old.exe' }]);
    expect(source.read().processes?.get(812)?.name).toBe('old.exe');
    standin.reset();
    standin.queriedProcesses([{ pid: 812, name: 'new.exe' }]);
    expect(source.read().processes?.get(812)?.name).toBe('new.exe');
    standin.reset();
    standin.queriedProcesses([{ pid: 8, name: 'init.exe' }]);
    expect(source.read().processes?.has(812)).toBe(false);
  });

  test('that do not fit into the buffer are queried with a larger one', () => {
    const many = Array.from({ length: 400 }, (_, index) => ({ pid: 100 + index, name: `worker-${index}.exe` }));
    standin.queriedProcesses(many);
    const { processes, parts } = readOnce(standin.libraries);
    expect(processes?.size).toBe(402);
    expect(processes?.get(499)?.name).toBe('worker-399.exe');
    expect(parts.processes).not.toHaveProperty('fallback');
    expect(standin.queryCalls()).toBe(2);
  });

  test('are queried again after 0xC0000004, at most eight times', () => {
    for (let failure = 0; failure < MAX_RETRIES; failure += 1)
      standin.queryFailure(INFO_LENGTH_MISMATCH, INITIAL_BYTES);
    const { processes, parts } = readOnce(standin.libraries);
    expect([...(processes?.keys() ?? [])].sort()).toEqual([4, 8]);
    expect(parts.processes).not.toHaveProperty('fallback');
    expect(standin.queryCalls()).toBe(1 + MAX_RETRIES);
  });

  test('come from a Toolhelp snapshot when the query keeps failing, and the report says why', () => {
    for (let failure = 0; failure <= MAX_RETRIES; failure += 1)
      standin.queryFailure(INFO_LENGTH_MISMATCH, INITIAL_BYTES);
    standin.snapshotProcesses(PROCESSES);
    const { processes, parts } = readOnce(standin.libraries);
    expect(byPid(processes)).toEqual(NAMED);
    expect(parts.processes).not.toHaveProperty('error');
    expect(parts.processes?.fallback).toMatch(
      /^CreateToolhelp32Snapshot\(TH32CS_SNAPPROCESS\), because NtQuerySystemInformation\(SystemProcessInformation\) failed: 0xC0000004; given up after 8 retries/,
    );
    expect(standin.queryCalls()).toBe(1 + MAX_RETRIES);
    expect(standin.snapshots()).toEqual({ made: 1, open: 0 });
  });

  test('come from a Toolhelp snapshot at once when the query fails for another reason', () => {
    standin.queryFailure(ACCESS_DENIED_STATUS);
    standin.snapshotProcesses([{ pid: 812, name: 'svchost.exe' }]);
    const { processes, parts } = readOnce(standin.libraries);
    expect(processes?.get(812)?.name).toBe('svchost.exe');
    expect(parts.processes?.fallback).toContain('failed: 0xC0000022');
    expect(standin.queryCalls()).toBe(1);
  });

  test('come from a Toolhelp snapshot where there is no query', () => {
    standin.snapshotProcesses([{ pid: 812, name: 'svchost.exe' }]);
    const withoutQuery = { ...standin.libraries, ntdll: OTHER_LIBRARY };
    const { processes, parts } = readOnce(withoutQuery);
    expect(processes?.get(812)?.name).toBe('svchost.exe');
    expect(parts.processes?.fallback).toContain('finding NtQuerySystemInformation in ');
  });

  test('of a Toolhelp snapshot may have names of the greatest length', () => {
    const name = 'x'.repeat(260);
    standin.queryFailure(ACCESS_DENIED_STATUS);
    standin.snapshotProcesses([{ pid: 812, name }]);
    expect(readOnce(standin.libraries).processes?.get(812)?.name).toBe(name);
  });

  test('are a failure when neither way leads to them', () => {
    standin.text(8, 'Not enough memory resources are available to process this command.\r\n');
    standin.queryFailure(ACCESS_DENIED_STATUS);
    standin.snapshotFailures({ create: 8 });
    const { processes, parts } = readOnce(standin.libraries);
    expect(processes).toBeUndefined();
    expect(parts.processes?.fallback).toContain('failed: 0xC0000022');
    expect(parts.processes?.error).toEqual({
      code: '8',
      message:
        'CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS) failed: 8 (Not enough memory resources are available to process this command.)',
    });
  });

  test('are a failure when a Toolhelp snapshot breaks off, and it is closed all the same', () => {
    standin.queryFailure(ACCESS_DENIED_STATUS);
    standin.snapshotProcesses(PROCESSES);
    standin.snapshotFailures({ walk: 299 });
    const { processes, parts } = readOnce(standin.libraries);
    expect(processes).toBeUndefined();
    expect(parts.processes?.error?.code).toBe('299');
    expect(parts.processes?.error?.message).toContain('Process32NextW');
    expect(standin.snapshots()).toEqual({ made: 1, open: 0 });
  });

  test('are a failure when a Toolhelp snapshot does not end, and it is closed all the same', () => {
    standin.queryFailure(ACCESS_DENIED_STATUS);
    standin.snapshotProcesses(PROCESSES);
    standin.snapshotFailures({ isEndless: true });
    const { processes, parts } = readOnce(standin.libraries);
    expect(processes).toBeUndefined();
    expect(parts.processes?.error?.code).toBe('malformed');
    expect(parts.processes?.error?.message).toMatch(/ has more than 100000 processes$/);
    expect(standin.snapshots()).toEqual({ made: 1, open: 0 });
  });

  test('are a failure when a Toolhelp snapshot has none at all', () => {
    standin.queryFailure(ACCESS_DENIED_STATUS);
    const { processes, parts } = readOnce(standin.libraries);
    expect(processes).toBeUndefined();
    expect(parts.processes?.error?.message).toContain('Process32FirstW');
    expect(standin.snapshots()).toEqual({ made: 1, open: 0 });
  });
});
