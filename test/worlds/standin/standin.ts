// World 2: one stand-in of all DLLs that the program calls, and the script of what it answers.

import { rmSync } from 'node:fs';
import type { WindowsLibraries } from '../../../src/sources/windows/libraries.ts';
import { type Edition, findObstacle, makeLibrary } from './build.ts';
import { addTableAnswer, type TableAnswer, type TableCall, type TableName, tableCalls } from './endpoints.ts';
import { type OpenedProcess, type ProcessCalls, packProcess, processCalls } from './opened-processes.ts';
import { bindScript } from './script.ts';
import { packManager, type Service, type ServiceCalls, type ServiceManager, serviceCalls } from './services.ts';

export type { Edition } from './build.ts';
export type { Endpoint, TableAnswer } from './endpoints.ts';
export type { OpenedProcess } from './opened-processes.ts';
export type { Service } from './services.ts';

/** From the oldest functions, which know IPv4 alone, to the newest. */
const GENERATIONS = ['plain', 'Ex', 'Ex2'] as const;
export type StatisticsGeneration = (typeof GENERATIONS)[number];

export type StatisticsName = 'tcp4' | 'tcp6' | 'udp4' | 'udp6';

/** The members of MIB_TCPSTATS or MIB_UDPSTATS in their order, those left out 0; or a code. */
export type StatisticsAnswer = { readonly members: readonly (number | bigint)[] } | { readonly code: number };
const MOST_MEMBERS = 15;

export interface ProcessEntry {
  readonly pid: number;
  readonly name: string;
  /** In FILETIME's units; 0 when left out. Toolhelp tells none. */
  readonly createTime?: number;
}

/** The registry's value MachineGuid. */
export interface MachineGuid {
  /** What it holds, with or without the NUL that belongs there. */
  readonly bytes: Uint8Array;
  /** The size that is told in place of that of the bytes. */
  readonly toldBytes?: number;
  /** The code that reading it fails with; the bytes are written all the same. */
  readonly code?: number;
}

/** Why this world is not to be had here, and how to get it; undefined when it is. */
export const standinObstacle = findObstacle();

/** The library and its script. Before it is scripted, every table is empty and every counter 0; there is no process, no service, and nothing in the registry. */
export interface Standin {
  /** What to open the source with: one file, as all functions share one last error. */
  readonly libraries: WindowsLibraries;
  /** Forgets all scripts and all that was recorded. */
  reset(): void;
  /** Every call takes the next answer; the last one is given for ever after. */
  table(name: TableName, ...answers: readonly TableAnswer[]): void;
  /** The calls for a table since the last reset, the first 64. */
  tableCalls(name: TableName): TableCall[];
  statistics(name: StatisticsName, answer: StatisticsAnswer, generation?: StatisticsGeneration): void;
  /** How often each generation of functions was called for these statistics. */
  statisticsCalls(name: StatisticsName): Record<StatisticsGeneration, number>;
  /** Whether GetProcessHeap and HeapSize fail. */
  heapFailures(failures: { readonly hasNoHeap?: boolean; readonly hasNoSizes?: boolean }): void;
  /** The blocks that were allocated and not freed, and the calls that would have harmed the heap. */
  heap(): { openBlocks: number; misuses: number };
  /** What NtQuerySystemInformation tells. */
  queriedProcesses(processes: readonly ProcessEntry[]): void;
  /** Lets one more call of NtQuerySystemInformation fail, before it tells. */
  queryFailure(code: number, sizeBytes?: number): void;
  queryCalls(): number;
  /** Whether NtQuerySystemInformation was passed anything but zeros for the parameters that it does not have. */
  hasUnusedArguments(): boolean;
  /** Processes that can be opened, and what they answer; of two with one id the later. */
  openedProcesses(processes: readonly OpenedProcess[]): void;
  processCalls(): ProcessCalls;
  /** What Toolhelp tells. */
  snapshotProcesses(processes: readonly ProcessEntry[]): void;
  /** The codes that making the snapshot, or walking on after its last process, fails with; or a walk without an end. */
  snapshotFailures(failures: { readonly create?: number; readonly walk?: number; readonly isEndless?: boolean }): void;
  /** Toolhelp snapshots that were made, and those of them not closed. */
  snapshots(): { made: number; open: number };
  /** What the service control manager tells, in this order. */
  services(services: readonly Service[]): void;
  /** How the service control manager behaves from now on. */
  serviceManager(behaviour: ServiceManager): void;
  serviceCalls(): ServiceCalls;
  /** What RegGetValueW tells. */
  machineGuid(value: MachineGuid): void;
  /** Lets GetSystemDirectoryW fail: by 0, or by the number of units that a path which is too long would need. */
  directoryFailure(units: number): void;
  /** The system's text for an error code. */
  text(code: number, text: string): void;
  /** Deletes the library's file. */
  remove(): void;
}

export function buildStandin(edition: Edition = 'complete'): Standin {
  const { folder, file } = makeLibrary(edition);
  return { ...loadStandin(file), remove: () => removeFolder(folder) };
}

/** One whose library has been built already, by somebody else, who removes it. */
export function loadStandin(file: string): Standin {
  const script = bindScript(file);
  const standin: Standin = {
    libraries: { iphlpapi: file, kernel32: file, ntdll: file, advapi32: file, ole32: file, oleaut32: file },
    reset() {
      script.resetTables();
      script.resetStatistics();
      script.resetHeap();
      script.resetKernel32();
      script.resetNtdll();
      script.resetOpenedProcesses();
      script.resetServices();
      script.resetRegistry();
    },
    table(name, ...answers) {
      for (const answer of answers) accepted(addTableAnswer(script, name, answer));
    },
    tableCalls: (name) => tableCalls(script, name),
    statistics(name, answer, generation = 'Ex2') {
      const members = new BigUint64Array(MOST_MEMBERS);
      members.set('members' in answer ? answer.members.map(BigInt) : []);
      const code = 'code' in answer ? answer.code : 0;
      script.setStatistics(GENERATIONS.indexOf(generation), ...protocolAndFamily(name), code, members);
    },
    statisticsCalls(name) {
      const calls = (generation: StatisticsGeneration): number =>
        script.statisticsCalls(GENERATIONS.indexOf(generation), ...protocolAndFamily(name));
      return { plain: calls('plain'), Ex: calls('Ex'), Ex2: calls('Ex2') };
    },
    heapFailures: ({ hasNoHeap = false, hasNoSizes = false }) =>
      script.setHeapFailures(Number(hasNoHeap), Number(hasNoSizes)),
    heap: () => ({ openBlocks: script.openBlocks(), misuses: script.heapMisuses() }),
    queriedProcesses(processes) {
      for (const { pid, name, createTime = 0 } of processes) {
        accepted(script.addQueriedProcess(pid, createTime, utf16(name), name.length));
      }
    },
    queryFailure: (code, sizeBytes = 0) => accepted(script.addQueryFailure(code, sizeBytes)),
    queryCalls: () => script.queryCalls(),
    hasUnusedArguments: () => script.unusedArguments() !== 0,
    openedProcesses(processes) {
      for (const process of processes) {
        const { commandLine = '' } = process;
        accepted(script.addOpenedProcess(packProcess(process), utf16(commandLine), commandLine.length));
      }
    },
    processCalls: () => processCalls(script),
    snapshotProcesses(processes) {
      for (const { pid, name } of processes) accepted(script.addSnapshotProcess(pid, utf16(name), name.length));
    },
    snapshotFailures: ({ create = 0, walk = 0, isEndless = false }) =>
      script.setToolhelpFailures(create, walk, Number(isEndless)),
    directoryFailure: (units) => script.setDirectoryFailure(units),
    snapshots: () => ({ made: script.snapshots(), open: script.openHandles() }),
    services(services) {
      for (const { pid, name, type = 0x10 } of services) {
        accepted(script.addService(pid, type, utf16(name), name.length));
      }
    },
    serviceManager: (behaviour) => script.setServiceManager(packManager(behaviour)),
    serviceCalls: () => serviceCalls(script),
    machineGuid: ({ bytes, toldBytes = bytes.length, code = 0 }) =>
      accepted(script.setMachineGuid(code, bytes, bytes.length, toldBytes)),
    text: (code, text) => accepted(script.addText(code, utf16(text), text.length)),
    remove: () => {},
  };
  standin.reset();
  return standin;
}

function protocolAndFamily(name: StatisticsName): [protocol: number, isIpv6: number] {
  return [Number(name.startsWith('udp')), Number(name.endsWith('6'))];
}

function accepted(result: number): void {
  if (result === 0) throw new Error('the script is longer than the stand-in can hold');
}

function utf16(text: string): Uint16Array {
  return Uint16Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
}

/** Windows deletes no DLL that a process has loaded, and this one has: there the copy stays in the temporary folder. */
function removeFolder(folder: string): void {
  if (process.platform !== 'win32') rmSync(folder, { recursive: true });
}
