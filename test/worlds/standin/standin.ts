// World 2: stand-ins of iphlpapi.dll, kernel32.dll and ntdll.dll for Linux, and the script of what they answer.

import { rmSync } from 'node:fs';
import koffi from 'koffi';
import type { WindowsLibraries } from '../../../src/sources/windows/source.ts';
import { buildLibraries, findObstacle } from './build.ts';
import { type Endpoint, packEndpoints } from './endpoints.ts';

export type { Endpoint } from './endpoints.ts';

const TABLES = ['tcp4', 'tcp6', 'udp4', 'udp6'] as const;
export type TableName = (typeof TABLES)[number];

/** A table, which may lie about its number of rows or its size; or a code, and the size that is told with it. */
export type TableAnswer =
  | { readonly endpoints: readonly Endpoint[]; readonly rowCount?: number; readonly sizeBytes?: number }
  | { readonly code: number; readonly sizeBytes?: number };

/** Each word of MIB_TCPSTATS or MIB_UDPSTATS in the documented order; or a code. */
export type StatisticsAnswer = { readonly words: readonly number[] } | { readonly code: number };

export interface TableCall {
  readonly hasTable: boolean;
  readonly sizeBytes: number;
  readonly sort: number;
  readonly family: number;
  readonly tableClass: number;
  readonly reserved: number;
}

export interface ProcessEntry {
  readonly pid: number;
  readonly name: string;
}

const CALL_WORDS = 6;
const MAX_CALLS = 64;
const TCP_STATISTICS_WORDS = 15;
const UDP_STATISTICS_WORDS = 5;

/** Why this world is not to be had here, and how to get it; undefined when it is. */
export const standinObstacle = findObstacle();

/** The libraries and their script. Before it is scripted, every table is empty and every counter 0; there is no process. */
export interface Standin {
  /** What to open the source with. */
  readonly libraries: WindowsLibraries;
  /** Forgets all scripts and all that was recorded. */
  reset(): void;
  /** Every call takes the next answer; the last one is given for ever after. */
  table(name: TableName, ...answers: readonly TableAnswer[]): void;
  /** The calls for a table since the last reset, the first 64. */
  tableCalls(name: TableName): TableCall[];
  statistics(name: TableName, answer: StatisticsAnswer): void;
  /** What NtQuerySystemInformation tells. */
  queriedProcesses(processes: readonly ProcessEntry[]): void;
  /** Lets one more call of NtQuerySystemInformation fail, before it tells. */
  queryFailure(code: number, sizeBytes?: number): void;
  queryCalls(): number;
  /** Whether NtQuerySystemInformation was passed anything but zeros for the parameters that it does not have. */
  hasUnusedArguments(): boolean;
  /** What Toolhelp tells. */
  snapshotProcesses(processes: readonly ProcessEntry[]): void;
  /** The codes that making the snapshot, or walking on after its last process, fails with; or a walk without an end. */
  snapshotFailures(failures: { readonly create?: number; readonly walk?: number; readonly isEndless?: boolean }): void;
  /** Toolhelp snapshots that were made, and those of them not closed. */
  snapshots(): { made: number; open: number };
  /** The system's text for an error code. */
  text(code: number, text: string): void;
  /** Deletes the libraries' files. */
  remove(): void;
}

export function buildStandin(): Standin {
  const { folder, ...libraries } = buildLibraries();
  const script = bindScript(libraries);
  const standin: Standin = {
    libraries,
    reset() {
      for (const name of TABLES) {
        script.resetTable(TABLES.indexOf(name));
        standin.statistics(name, { words: [] });
      }
      script.resetKernel32();
      script.resetNtdll();
    },
    table(name, ...answers) {
      for (const answer of answers) accepted(addTableAnswer(script.addTableAnswer, TABLES.indexOf(name), answer));
    },
    tableCalls(name) {
      const words = new Uint32Array(CALL_WORDS * MAX_CALLS);
      const count = script.tableCalls(TABLES.indexOf(name), words);
      return Array.from({ length: count }, (_, index) => tableCall(words.subarray(index * CALL_WORDS)));
    },
    statistics(name, answer) {
      const isTcp = name.startsWith('tcp');
      const words = new Uint32Array(isTcp ? TCP_STATISTICS_WORDS : UDP_STATISTICS_WORDS);
      words.set('words' in answer ? answer.words : []);
      const setStatistics = isTcp ? script.setTcpStatistics : script.setUdpStatistics;
      setStatistics(name.endsWith('6') ? 1 : 0, 'code' in answer ? answer.code : 0, words);
    },
    queriedProcesses(processes) {
      for (const { pid, name } of processes) accepted(script.addQueriedProcess(pid, utf16(name), name.length));
    },
    queryFailure: (code, sizeBytes = 0) => accepted(script.addQueryFailure(code, sizeBytes)),
    queryCalls: () => script.queryCalls(),
    hasUnusedArguments: () => script.unusedArguments() !== 0,
    snapshotProcesses(processes) {
      for (const { pid, name } of processes) accepted(script.addSnapshotProcess(pid, utf16(name), name.length));
    },
    snapshotFailures: ({ create = 0, walk = 0, isEndless = false }) =>
      script.setToolhelpFailures(create, walk, Number(isEndless)),
    snapshots: () => ({ made: script.snapshots(), open: script.openHandles() }),
    text: (code, text) => accepted(script.addText(code, utf16(text), text.length)),
    remove: () => rmSync(folder, { recursive: true }),
  };
  return standin;
}

function bindScript(libraries: WindowsLibraries) {
  const iphlpapi = koffi.load(libraries.iphlpapi);
  const kernel32 = koffi.load(libraries.kernel32);
  const ntdll = koffi.load(libraries.ntdll);
  return {
    resetTable: iphlpapi.func('void standin_table_reset(uint32_t table)'),
    addTableAnswer: iphlpapi.func(
      'int32_t standin_table_answer(uint32_t table, uint32_t code, uint32_t size, uint32_t rows, void *endpoints, uint32_t count)',
    ),
    tableCalls: iphlpapi.func('uint32_t standin_table_calls(uint32_t table, void *calls)'),
    setTcpStatistics: iphlpapi.func('void standin_tcp_statistics(uint32_t is_ipv6, uint32_t code, void *words)'),
    setUdpStatistics: iphlpapi.func('void standin_udp_statistics(uint32_t is_ipv6, uint32_t code, void *words)'),
    resetKernel32: kernel32.func('void standin_kernel32_reset()'),
    addText: kernel32.func('int32_t standin_text(uint32_t code, void *units, uint32_t count)'),
    addSnapshotProcess: kernel32.func('int32_t standin_process(uint32_t pid, void *units, uint32_t count)'),
    setToolhelpFailures: kernel32.func(
      'void standin_toolhelp_failures(uint32_t create, uint32_t walk, uint32_t endless)',
    ),
    snapshots: kernel32.func('uint32_t standin_snapshots()'),
    openHandles: kernel32.func('uint32_t standin_open_handles()'),
    resetNtdll: ntdll.func('void standin_ntdll_reset()'),
    addQueriedProcess: ntdll.func('int32_t standin_process(uint32_t pid, void *units, uint32_t count)'),
    addQueryFailure: ntdll.func('int32_t standin_query_failure(uint32_t code, uint32_t size)'),
    queryCalls: ntdll.func('uint32_t standin_query_calls()'),
    unusedArguments: ntdll.func('uint32_t standin_unused_arguments()'),
  };
}

type AddTableAnswer = ReturnType<typeof bindScript>['addTableAnswer'];

function addTableAnswer(add: AddTableAnswer, table: number, answer: TableAnswer): number {
  if ('code' in answer) return add(table, answer.code, answer.sizeBytes ?? 0, 0, null, 0);
  const { endpoints, rowCount = endpoints.length, sizeBytes = 0 } = answer;
  return add(table, 0, sizeBytes, rowCount, packEndpoints(endpoints), endpoints.length);
}

function tableCall(words: Uint32Array): TableCall {
  const [hasTable = 0, sizeBytes = 0, sort = 0, family = 0, tableClass = 0, reserved = 0] = words;
  return { hasTable: hasTable !== 0, sizeBytes, sort, family, tableClass, reserved };
}

function accepted(result: number): void {
  if (result === 0) throw new Error('the script is longer than the stand-in can hold');
}

function utf16(text: string): Uint16Array {
  return Uint16Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
}
