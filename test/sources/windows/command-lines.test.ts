// World 2 (the ABI stand-in): the command lines of the processes that own endpoints, and where Windows does not tell them.

import { afterEach, describe, expect, test } from 'vitest';
import type { Snapshot } from '../../../src/model/snapshot.ts';
import type { SourceOptions } from '../../../src/sources/source.ts';
import { MAX_ASKED } from '../../../src/sources/windows/command-line-reader.ts';
import { MAX_RETRIES } from '../../../src/sources/windows/growing-buffer.ts';
import type { OpenedProcess } from '../../worlds/standin/standin.ts';
import { describeOnStandin, failedParts, OTHER_LIBRARY, openSource, readOnce, WITHOUT_WMI } from './open-standin.ts';

const LISTEN = 2;
const ACCESS_DENIED = 5;
const INVALID_PARAMETER = 87;
const INFO_LENGTH_MISMATCH = 0xc000_0004;
const ACCESS_DENIED_STATUS = 0xc000_0022;
const PROCESS_IS_TERMINATING = 0xc000_010a;

const POOL = String.raw`c:\windows\system32\inetsrv\w3wp.exe -ap "DefaultAppPool"`;
const OF_WEB_SERVERS: SourceOptions = { ...WITHOUT_WMI, commandLinesOf: new Set(['w3wp.exe']) };

const NOT_TOLD = 'image names alone where the command line is not told, because';
const OPENING = 'OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION) failed';
const QUERY = 'NtQueryInformationProcess(ProcessCommandLineInformation) failed';
const DENIED = `${NOT_TOLD} ${OPENING}: 5 (0x0005); run the exporter as LocalSystem, or in the account of the process`;

interface WebServer extends Omit<OpenedProcess, 'pid'> {
  readonly name?: string;
  /** What the list says of it; as createTime when left out. */
  readonly listedTime?: number;
}

function commandLineIn({ processes }: Snapshot, pid: number): string | undefined {
  return processes?.get(pid)?.commandLine;
}

describeOnStandin('the command line of a process', (standin) => {
  /** A process that is listed, and can be opened. */
  function run(pid: number, { name = 'w3wp.exe', listedTime, ...answers }: WebServer = {}): void {
    const { createTime = 1000 + pid } = answers;
    standin.queriedProcesses([{ pid, name, createTime: listedTime ?? createTime }]);
    standin.openedProcesses([{ commandLine: POOL, ...answers, pid, createTime }]);
  }

  /** One that listens, too. */
  function serve(pid: number, answers?: WebServer): void {
    run(pid, answers);
    standin.table('tcp4', { endpoints: [{ state: LISTEN, localPort: 80, pid }] });
  }

  const read = (): Snapshot => readOnce(standin.libraries, OF_WEB_SERVERS);
  const fallbackOf = ({ parts }: Snapshot): string | undefined => parts.processes?.fallback;

  afterEach(() => expect(standin.processCalls()).toMatchObject({ open: 0, misuses: 0 }));

  describe('is told', () => {
    test.each(['tcp4', 'tcp6', 'udp4', 'udp6'] as const)('when the process owns an endpoint: %s', (name) => {
      run(812);
      standin.table(name, { endpoints: [{ localPort: 80, pid: 812 }] });
      const snapshot = read();
      expect(snapshot.processes?.get(812)).toEqual({ pid: 812, name: 'w3wp.exe', services: [], commandLine: POOL });
      expect(snapshot.parts.processes).toEqual({ durationMs: expect.any(Number) });
    });

    test('whatever the case of the image’s name', () => {
      serve(812, { name: 'W3WP.EXE' });
      expect(commandLineIn(read(), 812)).toBe(POOL);
    });

    test.each([
      ['with quotes, blanks and backslashes', String.raw`w3wp.exe  -ap "ein \"Pool\"" C:\x\ `],
      ['in any script', 'w3wp.exe -ap Überwachung-監視-🔭'],
      ['that is empty', ''],
    ])('%s', (_, commandLine) => {
      serve(812, { commandLine });
      expect(commandLineIn(read(), 812)).toBe(commandLine);
    });

    test('when it is as long as Windows allows, for which the buffer grows', () => {
      const commandLine = 'x'.repeat(32_767);
      serve(812, { commandLine });
      expect(commandLineIn(read(), 812)).toBe(commandLine);
      expect(standin.processCalls()).toMatchObject({ opened: 1, queries: 2 });
    });

    test('after 0xC0000004, eight times at most', () => {
      serve(812, { queryFailure: { status: INFO_LENGTH_MISMATCH, times: MAX_RETRIES } });
      const snapshot = read();
      expect(commandLineIn(snapshot, 812)).toBe(POOL);
      expect(fallbackOf(snapshot)).toBeUndefined();
    });

    test('of each process its own', () => {
      for (const pid of [812, 900]) run(pid, { commandLine: `w3wp.exe -ap ${pid}` });
      standin.table('tcp4', { endpoints: [812, 900].map((pid) => ({ state: LISTEN, localPort: 80, pid })) });
      const snapshot = read();
      expect([812, 900].map((pid) => commandLineIn(snapshot, pid))).toEqual(['w3wp.exe -ap 812', 'w3wp.exe -ap 900']);
    });
  });

  describe('is not asked for', () => {
    test('when the process owns no endpoint', () => {
      run(812);
      standin.table('tcp4', { endpoints: [{ state: LISTEN, localPort: 80, pid: 8 }] });
      expect(read().processes?.get(812)).toEqual({ pid: 812, name: 'w3wp.exe', services: [] });
      expect(standin.processCalls().opened).toBe(0);
    });

    test('when nobody wants it of the image', () => {
      serve(812, { name: 'w3wp.exe.exe' });
      expect(read().processes?.get(812)).toEqual({ pid: 812, name: 'w3wp.exe.exe', services: [] });
      expect(readOnce(standin.libraries).processes?.get(812)).not.toHaveProperty('commandLine');
      expect(standin.processCalls().opened).toBe(0);
    });

    test('of more processes in one read than the limit: the others come in the next', () => {
      const more = 40;
      const pids = Array.from({ length: MAX_ASKED + more }, (_, index) => 1000 + index);
      for (const pid of pids) run(pid);
      standin.table('tcp4', { endpoints: [{ state: LISTEN, localPort: 80, pid: 1000 }], copies: pids.length });
      const source = openSource(standin.libraries, OF_WEB_SERVERS);
      const told = (snapshot: Snapshot) => pids.filter((pid) => commandLineIn(snapshot, pid) !== undefined).length;
      expect(told(source.read())).toBe(MAX_ASKED);
      expect(standin.processCalls().opened).toBe(MAX_ASKED);
      expect(told(source.read())).toBe(pids.length);
      expect(standin.processCalls().opened).toBe(pids.length);
    });
  });

  describe('is asked for once', () => {
    test('and kept, also while the process owns no endpoint', () => {
      serve(812);
      standin.table('tcp4', { endpoints: [] });
      const source = openSource(standin.libraries, OF_WEB_SERVERS);
      for (let reads = 0; reads < 3; reads += 1) expect(commandLineIn(source.read(), 812)).toBe(POOL);
      expect(standin.processCalls().opened).toBe(1);
    });

    test('also when it was refused, which is said as long as the process runs', () => {
      serve(812, { openFailure: ACCESS_DENIED });
      standin.table('tcp4', { endpoints: [] });
      const source = openSource(standin.libraries, OF_WEB_SERVERS);
      for (let reads = 0; reads < 3; reads += 1) expect(fallbackOf(source.read())).toBe(DENIED);
      expect(standin.processCalls().opened).toBe(1);
      standin.reset();
      standin.queriedProcesses([{ pid: 8, name: 'init.exe' }]);
      expect(source.read().parts.processes).toEqual({ durationMs: expect.any(Number) });
    });

    test('also when the process had ended', () => {
      serve(812, { openFailure: INVALID_PARAMETER });
      const source = openSource(standin.libraries, OF_WEB_SERVERS);
      for (let reads = 0; reads < 3; reads += 1) source.read();
      expect(standin.processCalls().opened).toBe(1);
    });

    test('and again for a later process with its id', () => {
      serve(812, { createTime: 5_000_000 });
      const source = openSource(standin.libraries, OF_WEB_SERVERS);
      source.read();
      run(812, { createTime: 7_000_000, commandLine: 'w3wp.exe -ap Other' });
      expect(commandLineIn(source.read(), 812)).toBe('w3wp.exe -ap Other');
    });

    test('and again for a process that was not there in between', () => {
      serve(812);
      const source = openSource(standin.libraries, OF_WEB_SERVERS);
      source.read();
      standin.reset();
      standin.queriedProcesses([{ pid: 8, name: 'init.exe' }]);
      source.read();
      serve(812, { commandLine: 'w3wp.exe -ap Other' });
      expect(commandLineIn(source.read(), 812)).toBe('w3wp.exe -ap Other');
    });

    test('but each time of processes that come from Toolhelp, which tells no time', () => {
      serve(812);
      const source = openSource(standin.libraries, OF_WEB_SERVERS);
      for (const commandLine of ['w3wp.exe -ap First', 'w3wp.exe -ap Second']) {
        standin.queryFailure(ACCESS_DENIED_STATUS);
        standin.snapshotProcesses([{ pid: 812, name: 'w3wp.exe' }]);
        standin.openedProcesses([{ pid: 812, createTime: 5_000_000, commandLine }]);
        const snapshot = source.read();
        expect(fallbackOf(snapshot)).toMatch(/^CreateToolhelp32Snapshot\(TH32CS_SNAPPROCESS\), because [^;]+$/);
        expect(commandLineIn(snapshot, 812)).toBe(commandLine);
      }
      expect(standin.processCalls().opened).toBe(2);
    });
  });

  describe('is absent, and nothing is said of it,', () => {
    test.each([
      ['when the process has ended', { openFailure: INVALID_PARAMETER }],
      ['when it is about to end', { queryFailure: { status: PROCESS_IS_TERMINATING } }],
      ['when a later process has its id', { listedTime: 5_000_000, createTime: 7_000_000 }],
    ])('%s', (_, answers: WebServer) => {
      serve(812, answers);
      const snapshot = read();
      expect(snapshot.processes?.get(812)).toEqual({ pid: 812, name: 'w3wp.exe', services: [] });
      expect(snapshot.parts.processes).toEqual({ durationMs: expect.any(Number) });
    });
  });

  describe('is absent, and the report says why,', () => {
    test.each([
      ['when opening is refused', { openFailure: ACCESS_DENIED }, DENIED],
      ['when opening fails', { openFailure: 1450 }, `${NOT_TOLD} ${OPENING}: 1450 (0x05AA)`],
      ['when the times fail', { timesFailure: 6 }, `${NOT_TOLD} GetProcessTimes failed: 6 (0x0006)`],
      ['when it is refused', { queryFailure: { status: ACCESS_DENIED_STATUS } }, `${NOT_TOLD} ${QUERY}: 0xC0000022`],
      [
        'when it does not fit into any buffer',
        { queryFailure: { status: INFO_LENGTH_MISMATCH } },
        expect.stringMatching(/ failed: 0xC0000004; given up after 8 retries, with a buffer of \d+ bytes$/),
      ],
      [
        'when it ends outside of the answer',
        { extraLength: 2 },
        `${NOT_TOLD} ProcessCommandLineInformation: the text is outside of the bytes returned`,
      ],
      [
        'when it stands outside of the answer',
        { extraPointer: 0x1000_0000_0000n },
        `${NOT_TOLD} ProcessCommandLineInformation: the text is outside of the bytes returned`,
      ],
      [
        'when less was returned than a text takes',
        { extraReturned: -2 },
        `${NOT_TOLD} ProcessCommandLineInformation: the text is outside of the bytes returned`,
      ],
    ])('%s', (_, answers: WebServer, fallback) => {
      serve(812, answers);
      const snapshot = read();
      expect(snapshot.processes?.get(812)).toEqual({ pid: 812, name: 'w3wp.exe', services: [] });
      expect(fallbackOf(snapshot)).toEqual(fallback);
      expect(failedParts(snapshot)).toEqual({});
    });

    test.each([
      [812, 900],
      [900, 812],
    ])('in one line for all, which does not depend on their order', (denied, failing) => {
      run(denied, { openFailure: ACCESS_DENIED });
      run(failing, { timesFailure: 6 });
      standin.table('udp4', { endpoints: [812, 900].map((pid) => ({ localPort: 53, pid })) });
      expect(fallbackOf(read())).toBe(`${NOT_TOLD} GetProcessTimes failed: 6 (0x0006)`);
    });

    test('where this Windows does not have the function; behind why the list is another', () => {
      serve(812);
      standin.snapshotProcesses([{ pid: 812, name: 'w3wp.exe' }]);
      const snapshot = readOnce({ ...standin.libraries, ntdll: OTHER_LIBRARY }, OF_WEB_SERVERS);
      expect(snapshot.processes?.get(812)).toEqual({ pid: 812, name: 'w3wp.exe', services: [] });
      expect(fallbackOf(snapshot)).toMatch(
        /^CreateToolhelp32Snapshot.+ NtQuerySystemInformation .+; image names alone .+ finding NtQueryInformationProcess in /,
      );
    });
  });
});
